package dev.breakwater.server;

import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.EmbeddedPostgres;
import dev.breakwater.server.config.Configuration;
import java.nio.file.Path;
import java.util.Optional;

/** The layout of {@code data.dir}. */
public record DataFolder(Path path) {

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
