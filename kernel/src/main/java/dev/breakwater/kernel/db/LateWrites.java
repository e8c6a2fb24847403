package dev.breakwater.kernel.db;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes of which a few may be lost: they gather in memory and are written together, some time after the first of them
 * and when the server ends, so that nobody waits for the disk or for a row that many change. A server that is killed
 * forgets those of that time. What cannot be written is joined with what came since, and tried again with it.
 *
 * @param <G> what gathers; only one thread at a time sees it
 */
public final class LateWrites<G> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LateWrites.class);

    private final Database database;
    private final TimeSource time;
    private final String what;
    private final Duration delay;
    private final Gathering<G> gathering;
    private final Lock writing = new ReentrantLock();
    private G gathered;

    /** When it is written next; null when nothing has been noted. */
    private @Nullable Instant due;

    /** Whether the last attempt failed; then the next waits for its time, however much there is. */
    private boolean failing;

    /** How notes gather and are written. */
    public interface Gathering<G> {

        /** One without notes, which may be changed. */
        G empty();

        /** What could not be written with what came since. */
        G joined(G earlier, G later);

        /** Whether there is so much that it is written now. */
        default boolean enough(G gathered) {
            return false;
        }

        /** Writes all of it, in a transaction that may be repeated. */
        void write(Handle handle, G gathered);
    }

    /**
     * Gathers for this database.
     *
     * @param what the notes, as a log line begins: "The counts of pushes"
     * @param delay how long after the first note they are written
     */
    public LateWrites(Database database, TimeSource time, String what, Duration delay, Gathering<G> gathering) {
        this.database = database;
        this.time = time;
        this.what = what;
        this.delay = delay;
        this.gathering = gathering;
        this.gathered = gathering.empty();
    }

    /** One value for each key; two values of a key are merged into one. */
    public static <K, V> Gathering<Map<K, V>> byKey(BinaryOperator<V> merge, BiConsumer<Handle, Map<K, V>> write) {
        return new Gathering<>() {
            @Override
            public Map<K, V> empty() {
                return new HashMap<>();
            }

            @Override
            public Map<K, V> joined(Map<K, V> earlier, Map<K, V> later) {
                later.forEach((key, value) -> earlier.merge(key, value, merge));
                return earlier;
            }

            @Override
            public void write(Handle handle, Map<K, V> gathered) {
                write.accept(handle, gathered);
            }
        };
    }

    /** Adds a note by changing what has gathered; brief, as others wait. */
    public void note(Consumer<G> note) {
        @Nullable Instant alarm;
        synchronized (this) {
            note.accept(gathered);
            alarm = duty(!failing && gathering.enough(gathered) ? Duration.ZERO : delay);
        }
        set(alarm);
    }

    /** Lets it be written after a time at the latest; when that needs an alarm, else null. The caller has the lock. */
    private @Nullable Instant duty(Duration after) {
        Instant when = time.instant().plus(after);
        if (due != null && !when.isBefore(due)) {
            return null;
        }
        due = when;
        return when;
    }

    private void set(@Nullable Instant alarm) {
        if (alarm != null) {
            // By the time of the alarm and not by the clock, which may have been put back meanwhile.
            time.at(alarm, () -> writeDue(alarm));
        }
    }

    /**
     * Writes what is due by then; an alarm from before the last writing finds that nothing is. One writing at a time: two
     * would wait for each other's rows.
     */
    private void writeDue(Instant by) {
        writing.lock();
        try {
            @Nullable G taken = take(by);
            if (taken != null) {
                write(taken);
            }
        } finally {
            writing.unlock();
        }
    }

    private synchronized @Nullable G take(Instant by) {
        if (due == null || due.isAfter(by)) {
            return null;
        }
        G taken = gathered;
        gathered = gathering.empty();
        due = null;
        failing = false;
        return taken;
    }

    private void write(G taken) {
        try {
            database.transact(handle -> {
                gathering.write(handle, taken);
                return true;
            });
        } catch (Failure.Unavailable e) {
            log.warn("{} wait for the database, which is away", what);
            keep(taken);
        } catch (RuntimeException e) {
            log.error("{} could not be written and will be tried again", what, e);
            keep(taken);
        }
    }

    private void keep(G taken) {
        @Nullable Instant alarm;
        synchronized (this) {
            gathered = gathering.joined(taken, gathered);
            failing = true;
            alarm = duty(delay);
        }
        set(alarm);
    }

    /** Writes what there is, after a writing that is going on. */
    @Override
    public void close() {
        writeDue(Instant.MAX);
    }
}
