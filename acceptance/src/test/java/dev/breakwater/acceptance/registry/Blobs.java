package dev.breakwater.acceptance.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks at the store of blobs itself. */
final class Blobs {

    private Blobs() {}

    /** How many files of a server hold a blob. */
    static long copies(Distribution registry, String digest) {
        return files(registry.data())
                .filter(file -> file.getFileName().toString().equals(digest.split(":", 2)[1]))
                .count();
    }

    /** How many uploads lie in the store of a server. */
    static long uploads(Path data) {
        return files(data).filter(file -> file.toString().contains("/uploads/")).count();
    }

    /** The file of an upload, by the location of its session. */
    static Path upload(Path data, String location) {
        return data.resolve("blobs/uploads").resolve(location.substring(location.lastIndexOf('/') + 1));
    }

    private static Stream<Path> files(Path data) {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
