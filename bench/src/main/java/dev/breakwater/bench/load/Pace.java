package dev.breakwater.bench.load;

import java.util.function.BooleanSupplier;

/** When the next request is to start. */
@FunctionalInterface
public interface Pace {

    /** The answer of {@link #due} while no request may start. */
    long NOT_YET = Long.MAX_VALUE;

    /**
     * The moment at which a request is to start, in terms of {@link System#nanoTime()}. Latency counts from there, so
     * that a request which had to wait for a free connection is not excused (no coordinated omission).
     *
     * @param started how many requests of this run have started before it
     * @param runStart when the run began
     * @param now the present moment
     */
    long due(long started, long runStart, long now);

    /** Each connection sends its next request as soon as its last one is answered. */
    static Pace closed() {
        return (started, runStart, now) -> now;
    }

    /** So many requests per second, evenly spread, whatever the server does. */
    static Pace open(double perSecond) {
        double period = 1e9 / perSecond;
        return (started, runStart, now) -> runStart + (long) (started * period);
    }

    /** Like {@link #closed}, while {@code mayStart} says so. */
    static Pace closedWhile(BooleanSupplier mayStart) {
        return (started, runStart, now) -> mayStart.getAsBoolean() ? now : NOT_YET;
    }
}
