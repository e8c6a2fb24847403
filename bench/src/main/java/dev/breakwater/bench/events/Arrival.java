package dev.breakwater.bench.events;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for deliveries that are still on their way. */
final class Arrival {

    private static final long LOOK = Duration.ofMillis(5).toNanos();

    private Arrival() {}

    /** Waits until all accepted events have arrived; throws when that takes longer than {@code patience}. */
    static void ofAll(Timeline timeline, Duration patience) throws IOException {
        if (!within(patience, () -> timeline.arrivedCount() >= timeline.acceptedCount())) {
            throw new IOException("%,d of %,d deliveries have not arrived after %d s"
                    .formatted(timeline.missing(), timeline.acceptedCount(), patience.toSeconds()));
        }
    }

    static boolean within(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK);
        }
        return true;
    }
}
