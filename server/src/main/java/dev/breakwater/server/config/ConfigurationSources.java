package dev.breakwater.server.config;

import dev.breakwater.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places where settings come from, in rising precedence: {@code breakwater.yaml}, environment variables, flags.
 *
 * @param file the file named with {@code --config}, or null to look into the current and the data folder
 * @param environment all environment variables
 * @param flags settings by key, as given on the command line
 * @param development whether webhooks may reach this very machine over plain HTTP ({@code --dev})
 * @param currentFolder where a file is looked for first
 * @param installation where a relative data folder starts
 */
public record ConfigurationSources(
        @Nullable Path file,
        Map<String, String> environment,
        Map<String, String> flags,
        boolean development,
        Path currentFolder,
        Path installation) {

    private static final String FILE_NAME = "breakwater.yaml";
    /** The system property with the folder that the launcher lies in. */
    private static final String INSTALLATION = "breakwater.home";

    private static final String SYSTEM_DATA_FOLDER = "/var/lib/breakwater";

    /** Variables of ours that the launcher and the client commands read; they are no settings. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "BREAKWATER_JAVA_OPTIONS",
            "BREAKWATER_URL",
            "BREAKWATER_TOKEN",
            "BREAKWATER_USERNAME",
            "BREAKWATER_PASSWORD");

    private static final Map<String, String> DEVELOPMENT = Map.of(
            Settings.EVENTS_ALLOW_HTTP.key(), "true",
            Settings.EVENTS_ALLOWED_NETWORKS.key(), "127.0.0.0/8,::1/128");

    /** The sources of this process, with the flags that it was given. */
    public static ConfigurationSources ofProcess(@Nullable Path file, Map<String, String> flags, boolean development) {
        Path here = Path.of("").toAbsolutePath();
        Path installation = Path.of(System.getProperty(INSTALLATION, "")).toAbsolutePath();
        return new ConfigurationSources(file, System.getenv(), flags, development, here, installation);
    }

    /** The settings that hold; throws {@link ConfigurationException} with everything that is wrong. */
    public Configuration load() {
        List<GivenValue> outer = new ArrayList<>(variables());
        if (development) {
            DEVELOPMENT.forEach((key, text) -> outer.add(new GivenValue(key, text, new Origin.Flag("--dev"))));
        }
        flags.forEach((key, text) -> outer.add(new GivenValue(key, text, new Origin.Flag("--" + key))));

        List<GivenValue> all = new ArrayList<>(
                configurationFile(outer).map(ConfigurationFile::read).orElse(List.of()));
        all.addAll(outer);
        Configuration configuration =
                Configuration.of(all, Map.of(Settings.DATA_DIR.key(), defaultDataFolder()), installation);
        if (development && !configuration.http().loopback()) {
            throw new ConfigurationException(List.of("flag --dev: allowed only while listening on a loopback address;"
                    + " http.address is " + configuration.http().address()));
        }
        return configuration;
    }

    private List<GivenValue> variables() {
        ConfigurationCheck check = new ConfigurationCheck();
        List<GivenValue> values = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, text) -> {
            if (!Setting.claims(name) || OTHER_VARIABLES.contains(name)) {
                return;
            }
            Settings.ALL.stream()
                    .filter(setting -> setting.variable().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            setting -> values.add(new GivenValue(setting.key(), text, new Origin.Variable(name))),
                            () -> check.unknownVariable(name));
        });
        check.throwProblems();
        return values;
    }

    private Optional<Path> configurationFile(List<GivenValue> outer) {
        if (file != null) {
            if (!Files.isRegularFile(file)) {
                throw new ConfigurationException(List.of("flag --config: there is no file " + file));
            }
            return Optional.of(file);
        }
        String data = outer.stream()
                .filter(value -> value.key().equals(Settings.DATA_DIR.key()))
                .reduce((first, last) -> last)
                .map(GivenValue::text)
                .orElseGet(this::defaultDataFolder);
        return List.of(
                        currentFolder.resolve(FILE_NAME),
                        installation.resolve(data).resolve(FILE_NAME))
                .stream()
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private String defaultDataFolder() {
        return EmbeddedPostgres.canServe(installation) ? Settings.DATA_DIR.fallback() : SYSTEM_DATA_FOLDER;
    }
}
