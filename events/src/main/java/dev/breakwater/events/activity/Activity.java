package dev.breakwater.events.activity;

import dev.breakwater.events.EventActivity;
import dev.breakwater.events.EventLog;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts in memory and writes every few seconds, so that counting costs those who store and deliver next to nothing. A
 * reader sees what other nodes have written and what this one has counted.
 */
public final class Activity implements EventActivity, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Activity.class);
    private static final Duration PACE = Duration.ofSeconds(5);

    private final Database database;
    private final TimeSource time;
    private final Access access;
    private final UUID node;
    private final Map<Key, Tally> counted = new ConcurrentHashMap<>();
    private TimeSource.@Nullable Alarm alarm;
    private boolean closed;

    /** Counts for this node. */
    public Activity(Database database, TimeSource time, Access access, UUID node) {
        this.database = database;
        this.time = time;
        this.access = access;
        this.node = node;
    }

    /** A minute of a workspace. */
    record Key(UUID workspaceId, Instant minute) {}

    /** Begins to write. */
    public void start() {
        writeLater();
    }

    /** An event was stored. */
    public void stored(UUID workspaceId) {
        count(workspaceId, new Tally(1, 0, 0));
    }

    /** An attempt was made. */
    public void attempted(UUID workspaceId, boolean delivered) {
        count(workspaceId, delivered ? new Tally(0, 1, 0) : new Tally(0, 0, 1));
    }

    private void count(UUID workspaceId, Tally tally) {
        counted.merge(new Key(workspaceId, time.instant().truncatedTo(ChronoUnit.MINUTES)), tally, Tally::plus);
    }

    @Override
    public List<Span> latest(Principal caller, UUID organization, Duration length, int count) {
        access.require(caller, EventLog.VIEW, organization);
        long seconds = length.toSeconds();
        long last = time.instant().getEpochSecond() / seconds;
        Instant from = Instant.ofEpochSecond((last - count + 1) * seconds);
        Map<Long, Tally> tallies = new HashMap<>();
        // What is written next is removed here first, so it is read in this order and never counted twice for long.
        Map<Key, Tally> mine = Map.copyOf(counted);
        Set<UUID> workspaces = database.query(handle -> {
            ActivityStore.read(handle, organization, from, seconds)
                    .forEach(row -> tallies.merge(row.span(), row.tally(), Tally::plus));
            return mine.isEmpty() ? Set.of() : ActivityStore.workspaces(handle, organization);
        });
        mine.forEach((key, tally) -> {
            if (workspaces.contains(key.workspaceId()) && !key.minute().isBefore(from)) {
                tallies.merge(key.minute().getEpochSecond() / seconds, tally, Tally::plus);
            }
        });
        List<Span> spans = new ArrayList<>(count);
        for (long span = last - count + 1; span <= last; span++) {
            Tally tally = tallies.getOrDefault(span, Tally.NOTHING);
            spans.add(
                    new Span(Instant.ofEpochSecond(span * seconds), tally.events(), tally.delivered(), tally.failed()));
        }
        return spans;
    }

    private synchronized void writeLater() {
        if (!closed) {
            alarm = time.at(
                    time.instant().plus(PACE),
                    () -> Thread.ofVirtual().name("activity").start(this::writeAndGoOn));
        }
    }

    private void writeAndGoOn() {
        write();
        writeLater();
    }

    private void write() {
        Map<Key, Tally> taken = new HashMap<>();
        for (Key key : List.copyOf(counted.keySet())) {
            @Nullable Tally tally = counted.remove(key);
            if (tally != null) {
                taken.put(key, tally);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            database.transact(handle -> {
                ActivityStore.add(handle, node, taken);
                return true;
            });
        } catch (Failure.Unavailable away) {
            taken.forEach((key, tally) -> counted.merge(key, tally, Tally::plus));
        } catch (RuntimeException fault) {
            log.error("Counts of {} minutes could not be written", taken.size(), fault);
        }
    }

    /** Forgets what nobody can look back to; returns how many rows that were. */
    public int sweep() {
        return database.query(
                handle -> ActivityStore.deleteBefore(handle, time.instant().minus(KEPT)));
    }

    /** Writes what is counted, then ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (alarm != null) {
                alarm.cancel();
            }
        }
        write();
    }
}
