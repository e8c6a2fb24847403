package dev.breakwater.server.operations;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whether the process can do its work: the database takes a durable write, and every background service runs. The answer
 * is kept for a second, so that nobody can load the database by asking.
 */
public final class Readiness {

    private static final String NO_WRITES = "the database takes no writes";
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final TimeSource time;
    private final Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Instant checkedAt = Instant.MIN;
    private Map<String, String> hindrances = Map.of();

    public Readiness(TimeSource time) {
        this.time = time;
    }

    /** Adds a check that answers why something can't work; call before the first question. */
    public void add(String name, Supplier<Optional<String>> hindrance) {
        checks.put(name, hindrance);
    }

    /** What stands in the way, by the name of the check; empty when ready. */
    Map<String, String> hindrances() {
        lock.lock();
        try {
            Instant now = time.instant();
            if (checkedAt.plus(FRESH).isBefore(now) || checkedAt.isAfter(now)) {
                Map<String, String> found = new LinkedHashMap<>();
                checks.forEach((name, check) -> check.get().ifPresent(reason -> found.put(name, reason)));
                hindrances = Map.copyOf(found);
                checkedAt = now;
            }
            return hindrances;
        } finally {
            lock.unlock();
        }
    }

    /** The database check: commits a record to the write-ahead log, which fails on a full disk or a standby. */
    public static Supplier<Optional<String>> writable(Database database) {
        return () -> {
            try {
                boolean readOnly = database.transact(
                        handle -> handle.createQuery("""
                                SELECT current_setting('transaction_read_only')::boolean
                                FROM pg_logical_emit_message(true, 'breakwater', 'ready')
                                """).mapTo(Boolean.class).one());
                return readOnly ? Optional.of(NO_WRITES) : Optional.empty();
            } catch (Failure.Unavailable e) {
                return Optional.of("the database can't be reached");
            } catch (RuntimeException e) {
                return Optional.of(NO_WRITES);
            }
        };
    }
}
