package dev.breakwater.registry.run;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/** Writes down what a run does, and tells whether it may go on. Several threads may use it. */
public final class Journal {

    /** Between two looks whether it may go on, in nanoseconds. */
    private static final long OFTEN = 250_000_000;

    private final Database database;
    private final TimeSource time;
    private final long run;
    private final BooleanSupplier closed;
    private final Map<String, Long> unwritten = new HashMap<>();
    private long writtenAt = System.nanoTime();
    private boolean goesOn = true;

    Journal(Database database, TimeSource time, long run, BooleanSupplier closed) {
        this.database = database;
        this.time = time;
        this.run = run;
        this.closed = closed;
    }

    /** A line for those who read the log. */
    public void log(String line) {
        database.query(handle -> {
            RunStore.log(handle, run, line, time.instant());
            return true;
        });
    }

    /** Something was done that is counted; it is written down a little later. */
    public synchronized void add(Map<String, Long> counts) {
        counts.forEach((name, count) -> unwritten.merge(name, count, Long::sum));
    }

    /** Something is done in this transaction that is counted. */
    public void add(Handle handle, Map<String, Long> counts) {
        RunStore.progress(handle, run, counts, time.instant());
    }

    /** Whether it may go on; asked often, it looks a few times a second. */
    public synchronized boolean goesOn() {
        return System.nanoTime() - writtenAt < OFTEN ? goesOn && !closed.getAsBoolean() : write();
    }

    synchronized boolean write() {
        goesOn = database.query(handle -> RunStore.progress(handle, run, unwritten, time.instant()));
        unwritten.clear();
        writtenAt = System.nanoTime();
        return goesOn && !closed.getAsBoolean();
    }
}
