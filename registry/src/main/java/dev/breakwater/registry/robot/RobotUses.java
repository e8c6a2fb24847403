package dev.breakwater.registry.robot;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when robots were last used without holding them up: the times are collected in memory and written together, at most
 * a minute late and when the server ends. A server that is killed forgets those of the last minute.
 */
final class RobotUses implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RobotUses.class);
    private static final Duration DELAY = Duration.ofMinutes(1);

    private final Database database;
    private final TimeSource time;
    private final Function<Handle, String> prefix;
    private Map<String, Instant> waiting = new HashMap<>();
    private boolean ringing;

    /** {@code prefix} tells with what the full names of robots begin at the moment. */
    RobotUses(Database database, TimeSource time, Function<Handle, String> prefix) {
        this.database = database;
        this.time = time;
        this.prefix = prefix;
    }

    /** Notes that the robot with this full name calls. */
    void note(String name) {
        boolean set;
        synchronized (this) {
            waiting.put(name, time.instant());
            set = !ringing;
            ringing = true;
        }
        if (set) {
            time.at(time.instant().plus(DELAY), this::flush);
        }
    }

    private void flush() {
        Map<String, Instant> uses;
        synchronized (this) {
            uses = waiting;
            waiting = new HashMap<>();
            ringing = false;
        }
        if (uses.isEmpty()) {
            return;
        }
        try {
            database.transact(handle -> {
                RobotStore.used(handle, prefix.apply(handle), uses);
                return true;
            });
        } catch (RuntimeException e) {
            log.warn("The use of {} robots could not be noted and will be with their next use", uses.size(), e);
            keep(uses);
        }
    }

    /** They are as many as there are robots, so they need no limit. */
    private synchronized void keep(Map<String, Instant> uses) {
        uses.forEach(waiting::putIfAbsent);
    }

    @Override
    public void close() {
        flush();
    }
}
