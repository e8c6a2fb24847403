package dev.breakwater.kernel.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The one clock of the process: everything that reads the time or waits for it does so here, so that a test can
 * move 72 hours in one step. {@link #instant()} is the wall clock; {@link #at} sets an alarm on it.
 */
public interface TimeSource extends InstantSource {

    /**
     * Runs the task once, on a thread of its own, when this clock has reached {@code when}; at once if it already
     * has. Alarms do not survive a restart: whoever needs that keeps the due time in the database.
     */
    Alarm at(Instant when, Runnable task);

    /** An alarm that has been set. */
    @FunctionalInterface
    interface Alarm {
        /** Takes the alarm back; does nothing when it has already rung. */
        void cancel();
    }
}
