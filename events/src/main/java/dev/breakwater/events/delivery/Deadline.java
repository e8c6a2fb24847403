package dev.breakwater.events.delivery;

import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;

/** Interrupts the thread that opened it when its time is up, unless it was closed before. */
final class Deadline implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final TimeSource.Alarm alarm;
    private boolean passed;
    private boolean closed;

    Deadline(TimeSource time, Duration allowed) {
        alarm = time.at(time.instant().plus(allowed), this::pass);
    }

    private synchronized void pass() {
        if (!closed) {
            passed = true;
            thread.interrupt();
        }
    }

    synchronized boolean passed() {
        return passed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        alarm.cancel();
        if (passed) {
            // What was interrupted is over; the thread goes on with other work.
            Thread.interrupted();
        }
    }
}
