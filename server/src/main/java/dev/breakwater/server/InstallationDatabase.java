package dev.breakwater.server;

import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.EmbeddedPostgres;
import dev.breakwater.server.config.Configuration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database of an installation for a command that works on it: the external one, else the embedded one of a running
 * Breakwater, else the embedded one started for the time of the command.
 */
public final class InstallationDatabase implements AutoCloseable {

    private final DatabaseAddress address;
    private final @Nullable EmbeddedPostgres started;

    private InstallationDatabase(DatabaseAddress address, @Nullable EmbeddedPostgres started) {
        this.address = address;
        this.started = started;
    }

    /** Throws what {@link EmbeddedPostgres#start} throws. */
    public static InstallationDatabase open(Configuration configuration) {
        DataFolder folder = DataFolder.of(configuration);
        Optional<DatabaseAddress> there = configuration
                .externalDatabase()
                .map(external -> new DatabaseAddress(external.url(), external.user(), external.password()))
                .or(folder::runningPostgres);
        if (there.isPresent()) {
            return new InstallationDatabase(there.get(), null);
        }
        EmbeddedPostgres server = folder.startPostgres();
        return new InstallationDatabase(server.address(), server);
    }

    public DatabaseAddress address() {
        return address;
    }

    /** Stops the database if it was started for this command. */
    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }
}
