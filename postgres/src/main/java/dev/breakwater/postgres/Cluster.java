package dev.breakwater.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Creates the database cluster: password sign-in only, UTF-8, checksums, and settings for a small machine. */
final class Cluster {

    static final String SUPERUSER = "breakwater";

    /** Written into {@code postgresql.conf} once, so that an operator may change them there. Durability stays as it is. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_connections", "60"),
            Map.entry("wal_compression", "on"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("min_wal_size", "256MB"),
            Map.entry("checkpoint_completion_target", "0.9"),
            Map.entry("checkpoint_timeout", "10min"),
            Map.entry("jit", "off"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("logging_collector", "on"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_rotation_age", "1d"),
            Map.entry("log_rotation_size", "0"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("timezone", "UTC"));

    private Cluster() {}

    static void createIfMissing(PostgresFolder folder, PostgresBinaries binaries, ServerAccount account)
            throws IOException, InterruptedException {
        if (Files.exists(folder.cluster())) {
            requireReadable(folder.cluster());
            return;
        }
        PostgresFolder.delete(folder.unfinishedCluster());
        PostgresFolder.createFolder(folder.unfinishedCluster(), "rwx------");
        account.own(folder.unfinishedCluster());
        Path password = folder.root().resolve("superuser-password.unfinished");
        try {
            writePassword(password);
            account.own(password);
            initialise(folder, binaries, account, password);
            // The password is in place before the cluster is, so that no cluster exists whose password is lost.
            Files.copy(password, folder.password(), StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(folder.password(), PosixFilePermissions.fromString("rw-------"));
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(folder.unfinishedCluster(), folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    static String password(PostgresFolder folder) throws IOException {
        return Files.readString(folder.password()).strip();
    }

    private static void initialise(
            PostgresFolder folder, PostgresBinaries binaries, ServerAccount account, Path password)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + folder.unfinishedCluster(),
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
        SETTINGS.forEach((name, value) -> command.add("--set=" + name + "=" + value));
        Process process = new ProcessBuilder(account.command(command))
                .directory(folder.unfinishedCluster().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.startLog().toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new PostgresException("initdb did not end within two minutes; see " + folder.startLog());
        }
        if (process.exitValue() != 0) {
            throw new PostgresException("initdb failed:\n" + Files.readString(folder.startLog()));
        }
    }

    private static void writePassword(Path file) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }

    private static void requireReadable(Path cluster) throws IOException {
        Path versionFile = cluster.resolve("PG_VERSION");
        String version =
                Files.exists(versionFile) ? Files.readString(versionFile).strip() : "";
        if (!version.equals(PostgresBinaries.majorVersion())) {
            throw new PostgresException("The database in " + cluster + " was written by PostgreSQL "
                    + (version.isEmpty() ? "of an unknown version" : version) + ", this is PostgreSQL "
                    + PostgresBinaries.majorVersion()
                    + ". Make a backup with the release that wrote it, and restore that here.");
        }
    }
}
