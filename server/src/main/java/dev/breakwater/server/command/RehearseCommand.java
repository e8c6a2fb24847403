package dev.breakwater.server.command;

import dev.breakwater.kernel.time.SystemTime;
import dev.breakwater.server.Platform;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.Settings;
import dev.breakwater.server.logging.Logging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts the platform in a folder of its own, uses it for some seconds and stops. The launcher runs it once after a
 * build, with a JVM that remembers which classes were loaded, how they were linked, and which methods are worth
 * compiling.
 */
@Command(name = "rehearse", hidden = true, description = "Start and stop once, to prepare fast starts.")
final class RehearseCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("breakwater-rehearsal-");
        // As root, the database runs as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            Configuration configuration = Configuration.of(Map.of(
                    Settings.DATA_DIR.key(),
                    folder.toString(),
                    Settings.HTTP_PORT.key(),
                    "0",
                    Settings.EVENTS_RATE_LIMITS_ENABLED.key(),
                    "false"));
            Logging.apply(configuration);
            try (SystemTime time = new SystemTime();
                    Platform platform = Platform.start(configuration, time)) {
                System.out.println(Banner.of(configuration, platform));
                new Rehearsal(platform.url()).play(platform.firstSteps());
            }
        } finally {
            delete(folder);
        }
        return 0;
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
