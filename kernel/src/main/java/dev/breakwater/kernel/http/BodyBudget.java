package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that all request bodies together may take. A body takes its share before it is read and gives it back
 * when its request is answered; without room for ten seconds, the request is refused.
 */
final class BodyBudget {

    private static final long PATIENCE_SECONDS = 10;

    private final Semaphore kilobytes;

    /** A part of the heap that leaves room for what is made of the bodies. */
    BodyBudget() {
        kilobytes = new Semaphore((int) (Runtime.getRuntime().maxMemory() / 6 / 1024));
    }

    /** Room that was taken. */
    record Share(Semaphore kilobytes, int taken) {
        void giveBack() {
            kilobytes.release(taken);
        }
    }

    Share take(int bytes) {
        int wanted = bytes / 1024 + 1;
        try {
            if (kilobytes.tryAcquire(wanted) || kilobytes.tryAcquire(wanted, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Share(kilobytes, wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Failure.Unavailable(Duration.ofSeconds(1), "Service temporarily unavailable.");
    }
}
