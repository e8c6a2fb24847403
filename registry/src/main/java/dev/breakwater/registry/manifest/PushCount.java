package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.LateWrites;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.UseHourStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Counts pushes by hour, for charts; two seconds late, so that no push waits for the row that all of its repository change. */
public final class PushCount implements ContentListener, AutoCloseable {

    private static final Duration DELAY = Duration.ofSeconds(2);

    private final LateWrites<Map<Spot, Long>> counts;

    /** Writes into this database. */
    public PushCount(Database database, TimeSource time) {
        counts = new LateWrites<>(
                database, time, "The counts of pushes", DELAY, LateWrites.byKey(Long::sum, PushCount::write));
    }

    private record Spot(long repository, Instant hour) {}

    @Override
    public void pushed(Handle handle, Pushed pushed) {
        Spot spot = new Spot(pushed.place().repositoryId(), pushed.at().truncatedTo(ChronoUnit.HOURS));
        handle.afterCommit(() -> counts.note(waiting -> waiting.merge(spot, 1L, Long::sum)));
    }

    private static void write(Handle handle, Map<Spot, Long> pushes) {
        UseHourStore.add(
                handle,
                pushes.entrySet().stream()
                        .map(each -> new UseHourStore.Pushes(
                                each.getKey().repository(), each.getKey().hour(), each.getValue()))
                        .toList());
    }

    @Override
    public void close() {
        counts.close();
    }
}
