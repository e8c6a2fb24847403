package dev.breakwater.server.command;

import dev.breakwater.kernel.time.SystemTime;
import dev.breakwater.server.FirstSteps;
import dev.breakwater.server.Platform;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.Settings;
import dev.breakwater.server.logging.Logging;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts the platform in a folder of its own, asks it a few things and stops. The launcher runs it once after a build,
 * with a JVM that remembers which classes were loaded and how they were linked.
 */
@Command(name = "rehearse", hidden = true, description = "Start and stop once, to prepare fast starts.")
final class RehearseCommand implements Callable<Integer> {

    /** Fewer than the sandbox's limit allows at once. */
    private static final int EVENTS = 10;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("breakwater-rehearsal-");
        // As root, the database runs as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            Configuration configuration =
                    Configuration.of(Map.of(Settings.DATA_DIR.key(), folder.toString(), Settings.HTTP_PORT.key(), "0"));
            Logging.apply(configuration);
            try (SystemTime time = new SystemTime();
                    Platform platform = Platform.start(configuration, time)) {
                System.out.println(Banner.of(configuration, platform));
                get(platform.url().resolve("/health/ready"));
                get(platform.url().resolve("/metrics"));
                platform.firstSteps().sandbox().ifPresent(sandbox -> postEvents(platform.url(), sandbox));
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    private static void get(URI url) throws IOException {
        try (InputStream answer = url.toURL().openStream()) {
            answer.readAllBytes();
        }
    }

    private static void postEvents(URI server, FirstSteps.Sandbox sandbox) {
        byte[] event = "{\"workspace_id\":\"%s\",\"type\":\"rehearsal.held\",\"payload\":{}}"
                .formatted(sandbox.workspaceId())
                .getBytes(StandardCharsets.UTF_8);
        try {
            for (int i = 0; i < EVENTS; i++) {
                HttpURLConnection post =
                        (HttpURLConnection) server.resolve("/v1/events").toURL().openConnection();
                post.setRequestProperty("Authorization", "Bearer " + sandbox.key());
                post.setRequestProperty("Content-Type", "application/json");
                post.setDoOutput(true);
                post.getOutputStream().write(event);
                post.getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
