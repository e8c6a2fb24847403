package dev.breakwater.acceptance.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The blobs that lie in files, by their digests without the algorithm. */
    static Set<String> names(Path data) {
        return files(data)
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches("[0-9a-f]{64}"))
                .collect(Collectors.toSet());
    }

    /** How many uploads lie in the store of a server. */
    static long uploads(Path data) {
        return files(data).filter(file -> file.toString().contains("/uploads/")).count();
    }

    /** The file of an upload, by the location of its session. */
    static Path upload(Path data, String location) {
        return data.resolve("blobs/uploads").resolve(location.substring(location.lastIndexOf('/') + 1));
    }

    /** Files come and go meanwhile: one that was there a moment ago makes the walk begin again. */
    private static Stream<Path> files(Path data) {
        while (true) {
            try (Stream<Path> all = Files.walk(data.resolve("blobs"))) {
                return all.filter(Files::isRegularFile).toList().stream();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
