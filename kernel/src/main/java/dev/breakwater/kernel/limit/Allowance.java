package dev.breakwater.kernel.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * What one caller may use: a fixed window of requests together with a token bucket for bursts; a request needs
 * both (events.md 12). The window opens with the first request after the previous window ended. A refused request
 * consumes nothing.
 */
public final class Allowance {

    private final Limit limit;
    private Instant windowStart = Instant.EPOCH;
    private int used;
    /** Tokens in the bucket at {@link #refilled}, in units of one nanosecond's refill: exact, without fractions. */
    private long level;

    private Instant refilled = Instant.EPOCH;

    /**
     * The numbers of an allowance.
     *
     * @param requests in one window, at least 1
     * @param window the length of the window
     * @param burst the most requests at one instant, at least 1
     */
    public record Limit(int requests, Duration window, int burst) {
        /** Refuses numbers that would let nothing through. */
        public Limit {
            if (requests < 1 || burst < 1 || !window.isPositive()) {
                throw new IllegalArgumentException("A limit needs positive numbers: " + requests + " requests, burst "
                        + burst + ", window " + window);
            }
        }

        /** The time in which the bucket regains one request, in nanoseconds. */
        private long nanosPerRequest() {
            return window.toNanos() / requests;
        }
    }

    /**
     * The answer to one request.
     *
     * @param allowed whether it may pass
     * @param limit the most requests in the window
     * @param remaining the requests left in the window, after this one
     * @param resetsAt when the window ends
     * @param retryAfter how long until the same request would pass; zero when it passed
     */
    public record Verdict(boolean allowed, int limit, int remaining, Instant resetsAt, Duration retryAfter) {}

    /** A full allowance. */
    public Allowance(Limit limit) {
        this.limit = limit;
    }

    /** Asks for one request at {@code now}. */
    public synchronized Verdict take(Instant now) {
        Instant windowEnd = windowStart.plus(limit.window());
        if (!now.isBefore(windowEnd)) {
            windowStart = now;
            windowEnd = now.plus(limit.window());
            used = 0;
        }
        refill(now);
        long cost = limit.nanosPerRequest();
        long missing = Math.max(0, cost - level);
        Duration wait = Duration.ofNanos(missing);
        if (used >= limit.requests()) {
            Duration untilReset = Duration.between(now, windowEnd);
            wait = wait.compareTo(untilReset) > 0 ? wait : untilReset;
        }
        if (wait.isPositive()) {
            return new Verdict(false, limit.requests(), limit.requests() - used, windowEnd, wait);
        }
        used++;
        level -= cost;
        return new Verdict(true, limit.requests(), limit.requests() - used, windowEnd, Duration.ZERO);
    }

    private void refill(Instant now) {
        long full = limit.burst() * limit.nanosPerRequest();
        if (!now.isAfter(refilled)) {
            return;
        }
        Duration since = Duration.between(refilled, now);
        level = since.compareTo(Duration.ofNanos(full)) >= 0 ? full : Math.min(full, level + since.toNanos());
        refilled = now;
    }
}
