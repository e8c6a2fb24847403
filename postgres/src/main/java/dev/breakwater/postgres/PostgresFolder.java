package dev.breakwater.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The layout of the folder that holds one embedded PostgreSQL: its cluster, logs, password and lock. */
record PostgresFolder(Path root) {

    PostgresFolder {
        root = root.toAbsolutePath().normalize();
    }

    Path cluster() {
        return root.resolve("cluster");
    }

    /** Where a cluster grows until it is complete; found there, it is the remains of an interrupted first start. */
    Path unfinishedCluster() {
        return root.resolve("cluster.unfinished");
    }

    Path logs() {
        return root.resolve("log");
    }

    /** What the server says before its own log is open. */
    Path startLog() {
        return root.resolve("start.log");
    }

    Path password() {
        return root.resolve("superuser-password");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Optional<PostmasterFile> postmaster() {
        return PostmasterFile.read(cluster().resolve("postmaster.pid"));
    }

    static void createFolder(Path folder, String permissions) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
