package dev.breakwater.registry.activity;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes pulls without holding them up: they are collected in memory and written together, at most five seconds late
 * and when the server ends (decision D15). A server that is killed forgets those of the last seconds. When the database
 * is away for so long that there are too many, the oldest are dropped.
 */
public final class PullLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PullLog.class);
    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofDays(31);
    private static final Duration FORGET_EVERY = Duration.ofHours(6);
    private static final int MANY = 2_000;
    private static final int TOO_MANY = 50_000;

    private final Database database;
    private final TimeSource time;
    private List<Pull> waiting = new ArrayList<>();
    private boolean ringing;

    /** Writes into this database. */
    public PullLog(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
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

    /** Notes a pull. */
    public void add(Pull pull) {
        boolean set;
        boolean full;
        synchronized (this) {
            waiting.add(pull);
            set = !ringing;
            ringing = true;
            full = waiting.size() == MANY;
        }
        if (set || full) {
            Instant due = full ? time.instant() : time.instant().plus(DELAY);
            time.at(due, this::flush);
        }
    }

    /** Writes what has been noted. */
    public void flush() {
        List<Pull> pulls;
        synchronized (this) {
            pulls = waiting;
            waiting = new ArrayList<>();
            ringing = false;
        }
        if (pulls.isEmpty()) {
            return;
        }
        try {
            database.transact(handle -> {
                PullSql.write(handle, pulls);
                return true;
            });
        } catch (RuntimeException e) {
            log.warn("{} pulls could not be noted and will be tried again", pulls.size(), e);
            keep(pulls);
        }
    }

    private synchronized void keep(List<Pull> pulls) {
        List<Pull> all = new ArrayList<>(pulls);
        all.addAll(waiting);
        waiting = all.size() <= TOO_MANY ? all : new ArrayList<>(all.subList(all.size() - TOO_MANY, all.size()));
    }

    /** The recurring work: of the hours of use, those of the last month are kept. */
    public Jobs.Job job() {
        return new Jobs.Job(
                "registry-use-hours",
                FORGET_EVERY,
                () -> database.transact(handle -> {
                    UseHours.forget(handle, time.instant().minus(KEPT));
                    return true;
                }));
    }

    @Override
    public void close() {
        flush();
    }
}
