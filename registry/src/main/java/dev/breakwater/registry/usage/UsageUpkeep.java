package dev.breakwater.registry.usage;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the sums of what projects use short to read, and right. */
public final class UsageUpkeep {

    private static final Logger log = LoggerFactory.getLogger(UsageUpkeep.class);
    private static final Duration FOLD_EVERY = Duration.ofMinutes(1);
    private static final Duration REPAIR_EVERY = Duration.ofDays(1);

    private final Database database;

    /** For the usage in this database. */
    public UsageUpkeep(Database database) {
        this.database = database;
    }

    /** The recurring work. */
    public List<Jobs.Job> jobs() {
        return List.of(
                new Jobs.Job("registry-usage-folding", FOLD_EVERY, this::fold),
                new Jobs.Job("registry-usage-repair", REPAIR_EVERY, this::repair));
    }

    private void fold() {
        int folded;
        do {
            folded = database.transact(UsageStore::fold);
        } while (folded > 0);
    }

    private void repair() {
        int missing = database.transact(UsageStore::complete);
        if (missing > 0) {
            log.warn("{} contents that projects have were not counted; they are now", missing);
        }
        database.transact(UsageStore::repair)
                .forEach((project, bytes) ->
                        log.warn("The use of project {} was counted {} bytes too low; corrected", project, bytes));
    }
}
