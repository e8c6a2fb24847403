package dev.breakwater.server;

import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.EmbeddedPostgres;
import dev.breakwater.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The layout of {@code data.dir}. */
public record DataFolder(Path path) {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The folder that this configuration names. */
    public static DataFolder of(Configuration configuration) {
        return new DataFolder(configuration.dataFolder());
    }

    /** The key of the installation, without which the stored secrets can't be read. */
    public Path installationKey() {
        return path.resolve("installation-key.json");
    }

    /** The token with which the command line of this machine administers the server. */
    public Path adminToken() {
        return path.resolve("admin-token");
    }

    /** The first sandbox key, and on the next line the workspace that it was made for. */
    public Path sandboxKey() {
        return path.resolve("sandbox-key");
    }

    /** Writes another key beside the present one. */
    public Path stageInstallationKey(byte[] key) throws IOException {
        Files.createDirectories(path);
        Path staged = Files.createTempFile(path, "installation-key", ".new", OWNER_ONLY);
        return Files.write(staged, key);
    }

    /** Puts a staged key in the place of the present one, which is kept under another name. */
    public void replaceInstallationKey(Path staged) throws IOException {
        if (Files.exists(installationKey())) {
            Files.move(
                    installationKey(),
                    path.resolve("installation-key.replaced.json"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(staged, installationKey(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Content-addressed blobs. */
    public Path blobs() {
        return path.resolve("blobs");
    }

    /** Starts the embedded PostgreSQL; see {@link EmbeddedPostgres#start}. */
    public EmbeddedPostgres startPostgres() {
        return EmbeddedPostgres.start(postgres(), path.resolve("postgresql-programs"));
    }

    /** The embedded PostgreSQL of a Breakwater that is running on this folder. */
    public Optional<DatabaseAddress> runningPostgres() {
        return EmbeddedPostgres.running(postgres());
    }

    private Path postgres() {
        return path.resolve("postgresql");
    }
}
