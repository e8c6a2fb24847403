package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.UseHours;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts pushes by hour, for charts. They are counted in memory and written together, two seconds late and when the
 * server ends, so that no push waits for the row that all pushes of its repository change. A server that is killed
 * forgets those of the last seconds.
 */
public final class PushCount implements ContentListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PushCount.class);
    private static final Duration DELAY = Duration.ofSeconds(2);

    private final Database database;
    private final TimeSource time;
    private Map<Spot, Long> waiting = new HashMap<>();
    private boolean ringing;

    /** Writes into this database. */
    public PushCount(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    private record Spot(long repository, Instant hour) {}

    @Override
    public void pushed(Handle handle, Pushed pushed) {
        Spot spot = new Spot(pushed.place().repositoryId(), pushed.at().truncatedTo(ChronoUnit.HOURS));
        handle.afterCommit(() -> add(Map.of(spot, 1L)));
    }

    private void add(Map<Spot, Long> pushes) {
        boolean set;
        synchronized (this) {
            pushes.forEach((spot, count) -> waiting.merge(spot, count, Long::sum));
            set = !ringing;
            ringing = true;
        }
        if (set) {
            time.at(time.instant().plus(DELAY), this::flush);
        }
    }

    private void flush() {
        Map<Spot, Long> pushes;
        synchronized (this) {
            pushes = waiting;
            waiting = new HashMap<>();
            ringing = false;
        }
        if (pushes.isEmpty()) {
            return;
        }
        List<UseHours.Pushes> rows = pushes.entrySet().stream()
                .map(each -> new UseHours.Pushes(
                        each.getKey().repository(), each.getKey().hour(), each.getValue()))
                .toList();
        try {
            database.transact(handle -> {
                UseHours.add(handle, rows);
                return true;
            });
        } catch (RuntimeException e) {
            log.warn("The pushes of {} repositories could not be counted and will be tried again", rows.size(), e);
            add(pushes);
        }
    }

    @Override
    public void close() {
        flush();
    }
}
