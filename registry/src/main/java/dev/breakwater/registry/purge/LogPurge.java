package dev.breakwater.registry.purge;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.run.Journal;
import dev.breakwater.registry.run.Run;
import dev.breakwater.registry.run.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Purges the log of activities by age and kind (registry.md 3.3, 3.6). The audit trail of the installation is another
 * thing and is never purged.
 */
public final class LogPurge implements Work<PurgeParameters> {

    private static final String PURGED = "purged";
    private static final int AT_ONCE = 5_000;

    private final Database database;

    /** Purges the log in this database. */
    public LogPurge(Database database) {
        this.database = database;
    }

    /** How many entries a purge has removed, or would have. */
    public static long purged(Run<PurgeParameters> run) {
        return run.count(PURGED);
    }

    @Override
    public String kind() {
        return "purge-audit";
    }

    @Override
    public Class<PurgeParameters> parameters() {
        return PurgeParameters.class;
    }

    @Override
    public boolean isAlone() {
        return false;
    }

    @Override
    public void run(Run<PurgeParameters> run, Journal journal) {
        PurgeParameters parameters = run.parameters();
        journal.log("%s entries older than %d hours: %s"
                .formatted(
                        parameters.dryRun() ? "count" : "purge", parameters.retentionHours(), parameters.eventTypes()));
        Instant before = run.createdAt().minus(Duration.ofHours(parameters.retentionHours()));
        List<String> types = List.of(parameters.eventTypes().split(",", -1));
        if (parameters.dryRun()) {
            journal.add(Map.of(PURGED, database.query(handle -> PurgeStore.countOld(handle, before, types))));
        } else {
            delete(before, types, journal);
        }
    }

    /** A part at a time, so that no part holds up anybody. */
    private void delete(Instant before, List<String> types, Journal journal) {
        int deleted = AT_ONCE;
        while (deleted == AT_ONCE && journal.goesOn()) {
            deleted = database.transact(handle -> {
                int some = PurgeStore.deleteOld(handle, before, types, AT_ONCE);
                journal.add(handle, Map.of(PURGED, (long) some));
                return some;
            });
        }
    }

    @Override
    public String outcome(Run<PurgeParameters> run) {
        return "%d entries %s".formatted(purged(run), run.parameters().dryRun() ? "would be purged" : "purged");
    }
}
