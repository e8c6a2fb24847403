package dev.breakwater.acceptance.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that another thread or process is about to do, and gives up after a bounded real time. */
public final class Await {

    /** Far more than anything takes on a busy machine; only a failing test waits that long. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private static final long PAUSE_NANOS = 2_000_000;

    private Await() {}

    /** Waits until the condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        value(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until there is a value. */
    public static <T> T value(String what, Supplier<Optional<T>> source) {
        return value(what, LIMIT, source);
    }

    /** Waits until there is a value, no longer than {@code limit}. */
    public static <T> T value(String what, Duration limit, Supplier<Optional<T>> source) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
