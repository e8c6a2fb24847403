package dev.breakwater.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A clock that stands still until it is told to move, for tests. Alarms ring in the order of their times, on the
 * thread that moves the clock, and each sees the clock at its own time.
 */
public final class ManualTime implements TimeSource {

    private final PriorityQueue<Entry> alarms =
            new PriorityQueue<>(Comparator.comparing(Entry::when).thenComparingLong(Entry::order));
    private Instant now;
    private long order;

    /** A clock that stands at {@code start}. */
    public ManualTime(Instant start) {
        now = start;
    }

    private record Entry(Instant when, long order, Runnable task) {}

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public Alarm at(Instant when, Runnable task) {
        Entry entry;
        synchronized (this) {
            if (when.isAfter(now)) {
                entry = new Entry(when, order++, task);
                alarms.add(entry);
                return () -> remove(entry);
            }
        }
        Thread.ofVirtual().name("alarm").start(task);
        return () -> {};
    }

    private synchronized void remove(Entry entry) {
        alarms.remove(entry);
    }

    /** Moves the clock forward by {@code step}, ringing every alarm on the way. */
    public void advance(Duration step) {
        moveTo(instant().plus(step));
    }

    /** Moves the clock forward to {@code target}, ringing every alarm on the way. */
    public void moveTo(Instant target) {
        while (true) {
            Entry next;
            synchronized (this) {
                next = alarms.peek();
                if (next == null || next.when().isAfter(target)) {
                    if (target.isAfter(now)) {
                        now = target;
                    }
                    return;
                }
                alarms.remove(next);
                if (next.when().isAfter(now)) {
                    now = next.when();
                }
            }
            next.task().run();
        }
    }

    /** The times for which alarms are set, earliest first. */
    public synchronized List<Instant> pending() {
        List<Instant> times = new ArrayList<>();
        alarms.forEach(entry -> times.add(entry.when()));
        times.sort(Comparator.naturalOrder());
        return times;
    }
}
