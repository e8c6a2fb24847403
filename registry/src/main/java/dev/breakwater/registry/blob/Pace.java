package dev.breakwater.registry.blob;

import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** Holds work to so many bytes a second. Used by one thread, and released by any. */
final class Pace {

    private static final double NANOS = 1e9;

    /** Shorter waits are saved up. */
    private static final Duration WORTH_WAITING = Duration.ofMillis(20);

    private final TimeSource time;
    private final double bytesPerSecond;
    private Instant since;
    private long bytes;
    private volatile CountDownLatch waiting = new CountDownLatch(0);
    private volatile boolean released;

    Pace(TimeSource time, long bytesPerSecond) {
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        this.since = time.instant();
    }

    /** Waits until so many more bytes are due. */
    void spent(long more) throws InterruptedException {
        bytes += more;
        Instant due = since.plusNanos((long) (bytes * NANOS / bytesPerSecond));
        Instant now = time.instant();
        if (due.isBefore(now)) {
            // Time that was not used is not made up for by a rush.
            since = now;
            bytes = 0;
        } else if (due.isAfter(now.plus(WORTH_WAITING))) {
            await(due);
        }
    }

    private void await(Instant due) throws InterruptedException {
        CountDownLatch rings = new CountDownLatch(1);
        waiting = rings;
        if (!released) {
            TimeSource.Alarm alarm = time.at(due, rings::countDown);
            try {
                rings.await();
            } finally {
                alarm.cancel();
            }
        }
    }

    /** Waits no more. */
    void release() {
        released = true;
        waiting.countDown();
    }
}
