package dev.breakwater.bench.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is gone with all that is in it when it is closed.
 *
 * @param path of it
 */
public record ScratchFolder(Path path) implements AutoCloseable {

    static ScratchFolder in(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "breakwater-bench-");
        // As root, the database runs as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return new ScratchFolder(folder);
    }

    /** Where the server keeps its data. */
    public Path data() {
        return path.resolve("data");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
