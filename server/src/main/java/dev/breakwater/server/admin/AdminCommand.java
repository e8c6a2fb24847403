package dev.breakwater.server.admin;

import dev.breakwater.server.DataFolder;
import dev.breakwater.server.StartException;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.ConfigurationSources;
import dev.breakwater.server.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The group of the administrative commands, with the options that all of them have. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = "Administer a running Breakwater.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "On the machine of the server everything is found by itself. From elsewhere give --url and --token,",
            "or the environment variables BREAKWATER_URL and BREAKWATER_TOKEN."
        })
public final class AdminCommand {

    private final Map<String, String> environment;

    @Option(names = "--url", scope = ScopeType.INHERIT, description = "the server (default: that of the settings)")
    private @Nullable URI url;

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            description = "a personal or service account token (default: the file admin-token in the data folder)")
    private @Nullable String token;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "print JSON, for scripts")
    private boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "settings file (default: breakwater.yaml)")
    private @Nullable Path file;

    @Option(names = "--data", paramLabel = "FOLDER", scope = ScopeType.INHERIT, description = "the data folder")
    private @Nullable String data;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private AdminCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The whole group, to be added to the program. */
    public static CommandLine commandLine(Map<String, String> environment) {
        AdminCommand admin = new AdminCommand(environment);
        return new CommandLine(admin)
                .addSubcommand(new OrganizationsCommand(admin))
                .addSubcommand(new WorkspacesCommand(admin))
                .addSubcommand(new KeysCommand(admin))
                .addSubcommand(new UsersCommand(admin))
                .addSubcommand(new AuditCommand(admin));
    }

    AdminApi api() {
        return new AdminApi(server(), credential());
    }

    Output output() {
        PrintWriter out = spec.commandLine().getOut();
        return new Output(out, json);
    }

    private URI server() {
        @Nullable
        URI given = url == null && environment.containsKey("BREAKWATER_URL")
                ? URI.create(environment.getOrDefault("BREAKWATER_URL", ""))
                : url;
        if (given != null) {
            return given;
        }
        Configuration configuration = settings();
        Optional<URI> noted = DataFolder.of(configuration).serverUrl();
        if (noted.isPresent()) {
            return noted.get();
        }
        int port = configuration.get(Settings.HTTP_PORT);
        if (port == 0) {
            throw new StartException("The settings leave the port open: say with --url where the server is.");
        }
        return configuration.http().url(port);
    }

    private String credential() {
        @Nullable String given = token == null ? environment.get("BREAKWATER_TOKEN") : token;
        if (given != null) {
            return given;
        }
        Path kept = DataFolder.of(settings()).adminToken();
        try {
            return Files.readString(kept).strip();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new StartException(
                    "There is no readable token in " + kept
                            + ". Run this where the server runs, as its user, or give --token or BREAKWATER_TOKEN.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Configuration settings() {
        Map<String, String> flags = data == null ? Map.of() : Map.of(Settings.DATA_DIR.key(), data);
        return ConfigurationSources.ofProcess(file, flags, false).load();
    }
}
