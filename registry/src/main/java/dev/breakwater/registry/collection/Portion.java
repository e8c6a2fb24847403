package dev.breakwater.registry.collection;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How much is done in one step: less when the last one took long, as others are waiting for the processors then, and more
 * when it did not. How long collections rest hardly matters to those others, but how long a step lasts does.
 */
final class Portion {

    private static final int LEAST = 5;
    private static final int MOST = 50;
    private static final long AIM = Duration.ofMillis(5).toNanos();

    private int size = LEAST;

    /** Takes a step, told how much it may do at most, and rests. */
    <T> T rested(IntFunction<T> step) {
        return Walk.rested(() -> step.apply(size), this::adapt);
    }

    /** Chooses the size of the next step after one that took so many nanoseconds. */
    void adapt(long took) {
        if (took > AIM) {
            size = Math.max(LEAST, size / 2);
        } else if (took < AIM / 2) {
            size = Math.min(MOST, size * 2);
        }
    }

    int size() {
        return size;
    }
}
