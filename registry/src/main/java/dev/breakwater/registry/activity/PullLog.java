package dev.breakwater.registry.activity;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.LateWrites;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Notes pulls without holding them up: they are written together, at most five seconds late (decision D15). When the
 * database is away for so long that there are too many, the oldest are dropped.
 */
public final class PullLog implements AutoCloseable {

    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofDays(31);
    private static final Duration FORGET_EVERY = Duration.ofHours(6);
    private static final int MANY = 2_000;
    private static final int TOO_MANY = 50_000;

    private final Database database;
    private final TimeSource time;
    private final LateWrites<List<Pull>> pulls;

    /** Writes into this database. */
    public PullLog(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
        pulls = new LateWrites<>(database, time, "Pulls", DELAY, new Gathering());
    }

    /**
     * A pull of a manifest.
     *
     * @param repositoryId from which repository
     * @param manifestId of which manifest
     * @param tagId by which tag; null for one by digest
     * @param scanner whether a scanner pulled it, which may not count as use
     * @param activity what the logs say of it
     */
    public record Pull(
            long repositoryId, long manifestId, @Nullable Long tagId, boolean scanner, Activity activity) {}

    private static final class Gathering implements LateWrites.Gathering<List<Pull>> {

        @Override
        public List<Pull> empty() {
            return new ArrayList<>();
        }

        @Override
        public List<Pull> joined(List<Pull> earlier, List<Pull> later) {
            earlier.addAll(later);
            int excess = Math.max(0, earlier.size() - TOO_MANY);
            return excess == 0 ? earlier : new ArrayList<>(earlier.subList(excess, earlier.size()));
        }

        @Override
        public boolean enough(List<Pull> gathered) {
            return gathered.size() >= MANY;
        }

        @Override
        public void write(Handle handle, List<Pull> gathered) {
            PullSql.write(handle, gathered);
        }
    }

    /** Notes a pull. */
    public void add(Pull pull) {
        pulls.note(waiting -> waiting.add(pull));
    }

    /** The recurring work: of the hours of use, those of the last month are kept. */
    public Jobs.Job job() {
        return new Jobs.Job(
                "registry-use-hours",
                FORGET_EVERY,
                () -> database.transact(handle -> {
                    UseHourStore.forget(handle, time.instant().minus(KEPT));
                    return true;
                }));
    }

    @Override
    public void close() {
        pulls.close();
    }
}
