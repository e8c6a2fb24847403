package dev.breakwater.server.forward;

import dev.breakwater.server.DataFolder;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.ConfigurationSources;
import dev.breakwater.server.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code breakwater events forward}: deliveries of a sandbox workspace go to a local URL (events.md 11). */
@Command(
        name = "forward",
        aliases = "listen",
        mixinStandardHelpOptions = true,
        description = "Deliver a sandbox workspace's events to a program on this machine.",
        footer = {
            "",
            "The key is --key, else HARBOR_SECRET_KEY, else the first sandbox key in the",
            "data folder. The temporary webhook is removed when the command ends."
        })
public final class ForwardCommand implements Callable<Integer> {

    private static final int WRONG_USE = 2;
    private static final int LONGEST_PAUSE_SECONDS = 30;
    /** The folder that the launcher lies in. */
    private static final String INSTALLATION = "breakwater.home";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"--to", "--forward-to"},
            required = true,
            paramLabel = "URL",
            description = "where the local program listens, for example http://localhost:3000/hook")
    private @Nullable URI target;

    @Option(names = "--events", split = ",", paramLabel = "TYPES", description = "types and patterns (default: *)")
    private List<String> events = List.of("*");

    @Option(names = "--workspace", paramLabel = "ID", description = "the workspace (default: the one of first steps)")
    private @Nullable String workspace;

    @Option(names = "--key", paramLabel = "KEY", description = "a sandbox key, hb_test_…")
    private @Nullable String key;

    @Option(names = "--url", paramLabel = "URL", description = "the server (default: the one of this installation)")
    private @Nullable URI url;

    @Option(names = "--data", paramLabel = "DIR", description = "the data folder with the key")
    private @Nullable String data;

    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (spec == null || target == null) {
            throw new IllegalStateException("Only the command line runs this command");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Configuration configuration = configuration();
        List<String> stored = firstSteps(configuration);
        Optional<String> chosenKey = Optional.ofNullable(key)
                .or(() -> Optional.ofNullable(System.getenv("HARBOR_SECRET_KEY")))
                .or(() -> stored.stream().findFirst());
        Optional<String> chosenWorkspace =
                Optional.ofNullable(workspace).or(() -> stored.stream().skip(1).findFirst());
        if (chosenKey.isEmpty() || chosenWorkspace.isEmpty()) {
            err.println("Name a sandbox key (--key or HARBOR_SECRET_KEY) and a workspace (--workspace).");
            return WRONG_USE;
        }
        if (!chosenKey.get().startsWith("hb_test_")) {
            err.println("Only sandbox keys, hb_test_…, can forward.");
            return WRONG_USE;
        }
        ForwardClient.Subscription subscription = new ForwardClient.Subscription(chosenWorkspace.get(), events);
        try (ForwardClient client = new ForwardClient(server(configuration), chosenKey.get(), target, line -> {
            out.println(line);
            out.flush();
        })) {
            stay(client, subscription, err);
            return 0;
        } catch (ForwardClient.Refused refused) {
            err.println(refused.getMessage());
            return 1;
        }
    }

    private Configuration configuration() {
        Map<String, String> flags = data == null ? Map.of() : Map.of(Settings.DATA_DIR.key(), data);
        Path here = Path.of("").toAbsolutePath();
        Path installation = Path.of(System.getProperty(INSTALLATION, "")).toAbsolutePath();
        return new ConfigurationSources(null, System.getenv(), flags, false, here, installation).load();
    }

    private URI server(Configuration configuration) {
        return url == null
                ? DataFolder.of(configuration)
                        .serverUrl()
                        .orElseGet(() ->
                                configuration.http().url(configuration.http().port()))
                : url;
    }

    /** The key and the workspace of first steps, when the data folder has them. */
    private static List<String> firstSteps(Configuration configuration) throws IOException {
        Path file = DataFolder.of(configuration).sandboxKey();
        return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    }

    /** Opens the connection again whenever it ends, after a pause that doubles while nothing works. */
    private void stay(ForwardClient client, ForwardClient.Subscription subscription, PrintWriter err)
            throws InterruptedException, ForwardClient.Refused {
        int pause = 1;
        do {
            long start = System.nanoTime();
            String cause = "The connection ended";
            try {
                client.forward(subscription);
            } catch (IOException e) {
                cause = e.getMessage() == null ? "The server cannot be reached" : e.getMessage();
            }
            boolean lasted = System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LONGEST_PAUSE_SECONDS);
            pause = lasted ? 1 : Math.min(LONGEST_PAUSE_SECONDS, pause * 2);
            err.println(cause + "; trying again in " + pause + " s");
        } while (!ended.await(pause, TimeUnit.SECONDS));
    }
}
