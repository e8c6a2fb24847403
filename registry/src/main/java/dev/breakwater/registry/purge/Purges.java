package dev.breakwater.registry.purge;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.schedule.Background;
import dev.breakwater.registry.schedule.Cron;
import dev.breakwater.registry.schedule.Schedule;
import dev.breakwater.registry.schedule.ScheduleStore;
import dev.breakwater.registry.schedule.Scheduled;
import dev.breakwater.registry.schedule.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges of the log of activities by age and kind, one after the other (registry.md 3.3, 3.6). The audit trail of the
 * installation is another thing and is never purged. A purge belongs to the installation and not to a node: when the
 * node that works at it ends, the next takes it up.
 */
public final class Purges implements Scheduled, AutoCloseable {

    private static final String KIND = "purge-audit";

    private static final Logger log = LoggerFactory.getLogger(Purges.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int AT_ONCE = 5_000;
    private static final int KEPT = 1_000;

    private final Database database;
    private final TimeSource time;
    private final Turn turn;
    private final Background threads = new Background("purge");
    private volatile boolean closed;

    /** Ages are told by this clock. */
    public Purges(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
        this.turn = new Turn(database, KIND);
    }

    /** The recurring work. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-purges", LOOK, this::work);
    }

    /** Notes that a purge is to run, and gives its number. */
    public long request(Handle handle, String trigger, Purge.Parameters parameters) {
        PurgeStore.keep(handle, KEPT);
        return PurgeStore.insert(handle, trigger, parameters, time.instant());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void due(Handle handle, Schedule schedule) {
        request(handle, Purge.SCHEDULED, PurgeSchedule.of(schedule).parameters());
    }

    @Override
    public void begin() {
        threads.begin(this::work);
    }

    /** When purges are to run; empty when they are not scheduled. */
    public Optional<PurgeSchedule> schedule(Handle handle) {
        return ScheduleStore.find(handle, KIND, 0).map(PurgeSchedule::of);
    }

    /** Sets when purges are to run. */
    public void setSchedule(Handle handle, String type, Cron cron, Purge.Parameters parameters) {
        ScheduleStore.set(handle, KIND, 0, cron, PurgeSchedule.text(type, parameters), time.instant());
    }

    /** Ends that purges are scheduled. */
    public void removeSchedule(Handle handle) {
        ScheduleStore.remove(handle, KIND, 0);
    }

    /** Asks a purge to end soon. */
    public void stop(Handle handle, long id) {
        PurgeStore.stop(handle, id);
    }

    /** The purge with this number. */
    public Optional<Purge> find(Handle handle, long id) {
        return PurgeStore.find(handle, id);
    }

    /** The purges, newest first. */
    public List<Purge> list(Handle handle, long offset, int limit) {
        return PurgeStore.list(handle, offset, limit);
    }

    /** How many purges there are. */
    public long count(Handle handle) {
        return PurgeStore.count(handle);
    }

    /** What a purge tells of itself, line by line. */
    public String log(Purge purge) {
        String what = "%s [INFO] %s entries older than %d hours: %s\n"
                .formatted(
                        WireTime.text(purge.createdAt()),
                        purge.dryRun() ? "count" : "purge",
                        purge.retentionHours(),
                        purge.eventTypes());
        String how = "%s [INFO] %s: %d entries %s\n"
                .formatted(
                        WireTime.text(purge.updatedAt()),
                        purge.status(),
                        purge.purged(),
                        purge.dryRun() ? "would be purged" : "purged");
        return what + how;
    }

    private void work() {
        turn.takeWhile(() -> !closed && database.query(PurgeStore::isAny), () -> {
            while (!closed) {
                Optional<Purge> next = database.transact(handle -> PurgeStore.take(handle, time.instant()));
                if (next.isEmpty()) {
                    return;
                }
                next.ifPresent(this::run);
            }
        });
    }

    private void run(Purge purge) {
        try {
            boolean finished = purge.dryRun() ? count(purge) : delete(purge);
            if (!closed || finished) {
                end(purge, finished ? Purge.SUCCESS : Purge.STOPPED);
            }
        } catch (RuntimeException e) {
            log.error("Purge {} failed", purge.id(), e);
            end(purge, Purge.ERROR);
        }
    }

    private void end(Purge purge, String status) {
        database.query(handle -> {
            PurgeStore.setStatus(handle, purge.id(), status, time.instant());
            return true;
        });
    }

    private boolean count(Purge purge) {
        return database.query(handle -> PurgeStore.progress(
                handle,
                purge.id(),
                PurgeStore.countOld(handle, before(purge), types(purge)) - purge.purged(),
                time.instant()));
    }

    /** A part at a time, so that no part holds up anybody. Whether all is done. */
    private boolean delete(Purge purge) {
        while (!closed) {
            boolean goesOn = database.query(handle -> PurgeStore.progress(handle, purge.id(), 0, time.instant()));
            if (!goesOn) {
                return false;
            }
            int deleted = database.transact(handle -> {
                int some = PurgeStore.deleteOld(handle, before(purge), types(purge), AT_ONCE);
                PurgeStore.progress(handle, purge.id(), some, time.instant());
                return some;
            });
            if (deleted < AT_ONCE) {
                return true;
            }
        }
        return false;
    }

    private static Instant before(Purge purge) {
        return purge.createdAt().minus(Duration.ofHours(purge.retentionHours()));
    }

    private static List<String> types(Purge purge) {
        return List.of(purge.eventTypes().split(",", -1));
    }

    /** A purge that was going on is left to other nodes, or to the next start. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
