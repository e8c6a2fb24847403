package dev.breakwater.registry.robot;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.LateWrites;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Notes when robots were last used, a minute late. */
final class RobotUses implements AutoCloseable {

    private static final Duration DELAY = Duration.ofMinutes(1);

    private final TimeSource time;
    private final LateWrites<Map<String, Instant>> uses;

    /** {@code prefix} tells with what the full names of robots begin at the moment. */
    RobotUses(Database database, TimeSource time, Function<Handle, String> prefix) {
        this.time = time;
        uses = new LateWrites<>(
                database,
                time,
                "The uses of robots",
                DELAY,
                LateWrites.byKey(
                        RobotUses::later, (handle, names) -> RobotStore.used(handle, prefix.apply(handle), names)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** Notes that the robot with this full name calls. */
    void note(String name) {
        uses.note(waiting -> waiting.merge(name, time.instant(), RobotUses::later));
    }

    @Override
    public void close() {
        uses.close();
    }
}
