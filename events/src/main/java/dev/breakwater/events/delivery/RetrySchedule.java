package dev.breakwater.events.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** When a failed delivery is attempted again (events.md 10.6). */
final class RetrySchedule {

    /** All retrying stops this long after the first attempt. */
    static final Duration LIFE = Duration.ofDays(3);

    private static final Duration LONGEST_DELAY = Duration.ofDays(1);
    private static final List<Duration> DELAYS = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofDays(1),
            Duration.ofDays(1));

    private final double jitter;
    private final DoubleSupplier random;

    /**
     * A schedule whose delays grow by up to {@code jitter}.
     *
     * @param jitter 0.10 for at most 10 %
     * @param random gives numbers from 0 to 1
     */
    RetrySchedule(double jitter, DoubleSupplier random) {
        this.jitter = jitter;
        this.random = random;
    }

    /** How long to wait after the failure of this step, counted from 1; empty after the last one. */
    Optional<Duration> delayAfter(int step) {
        if (step > DELAYS.size()) {
            return Optional.empty();
        }
        Duration delay = DELAYS.get(step - 1);
        Duration longer = delay.plusNanos((long) (delay.toNanos() * jitter * random.getAsDouble()));
        return Optional.of(longer.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : longer);
    }
}
