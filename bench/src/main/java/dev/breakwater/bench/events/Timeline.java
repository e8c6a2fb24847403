package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Answers;
import dev.breakwater.bench.load.Receiver;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * When each event of a round was accepted (its 201 had arrived) and when it reached the receiver, on one clock. Written
 * by the thread of the load generator and that of the receiver.
 */
final class Timeline implements Answers, Receiver.Arrivals {

    private final long first;
    private final AtomicLongArray accepted;
    private final AtomicLongArray arrived;
    private final AtomicLong acceptedCount = new AtomicLong();
    private final AtomicLong arrivedCount = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();

    /** For the events whose numbers start at {@code first}, at most {@code capacity} of them. */
    Timeline(long first, int capacity) {
        this.first = first;
        accepted = new AtomicLongArray(capacity);
        arrived = new AtomicLongArray(capacity);
    }

    @Override
    public void answered(long number, int status, long at, Supplier<String> body) {
        if (status == 201 && mine(number)) {
            accepted.set((int) (number - first), at);
            acceptedCount.lazySet(acceptedCount.get() + 1);
        }
    }

    @Override
    public void arrived(long number, long at) {
        if (!mine(number)) {
            return;
        }
        if (arrived.compareAndSet((int) (number - first), 0, at)) {
            arrivedCount.lazySet(arrivedCount.get() + 1);
        } else {
            duplicates.incrementAndGet();
        }
    }

    private boolean mine(long number) {
        return number >= first && number - first < accepted.length();
    }

    long acceptedCount() {
        return acceptedCount.get();
    }

    long arrivedCount() {
        return arrivedCount.get();
    }

    /** How many deliveries came a second time. */
    long duplicates() {
        return duplicates.get();
    }

    /** How many accepted events have not arrived. */
    long missing() {
        long missing = 0;
        for (int i = 0; i < accepted.length(); i++) {
            if (accepted.get(i) != 0 && arrived.get(i) == 0) {
                missing++;
            }
        }
        return missing;
    }

    /** When the last one arrived. */
    long lastArrival() {
        long last = Long.MIN_VALUE;
        for (int i = 0; i < arrived.length(); i++) {
            long at = arrived.get(i);
            last = at == 0 ? last : Math.max(last, at);
        }
        return last;
    }

    /** How many arrived from {@code start} up to {@code end}. */
    long arrivedBetween(long start, long end) {
        long count = 0;
        for (int i = 0; i < arrived.length(); i++) {
            long at = arrived.get(i);
            if (at != 0 && at >= start && at <= end) {
                count++;
            }
        }
        return count;
    }

    /**
     * From acceptance to arrival, in nanoseconds. A delivery that overtakes the 201 on its way to the client counts as
     * zero.
     */
    Histogram acceptanceToArrival() {
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < accepted.length(); i++) {
            if (accepted.get(i) != 0 && arrived.get(i) != 0) {
                histogram.recordValue(Math.max(0, arrived.get(i) - accepted.get(i)));
            }
        }
        return histogram;
    }
}
