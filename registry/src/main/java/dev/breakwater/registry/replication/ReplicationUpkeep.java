package dev.breakwater.registry.replication;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.util.List;

/** Forgets jobs that ended long ago, so that their table does not grow for ever. */
public final class ReplicationUpkeep {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration EVERY = Duration.ofHours(6);

    private final Database database;
    private final TimeSource time;

    /** Of this database. */
    public ReplicationUpkeep(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /** Its recurring work. */
    public List<Jobs.Job> jobs() {
        return List.of(new Jobs.Job("registry-replication-upkeep", EVERY, this::forget));
    }

    private void forget() {
        database.transact(handle -> {
            JobStore.deleteEndedBefore(handle, time.instant().minus(KEPT));
            return true;
        });
    }
}
