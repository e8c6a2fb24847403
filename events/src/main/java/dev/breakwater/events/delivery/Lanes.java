package dev.breakwater.events.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that this node has in memory: one lane for each endpoint, served in turn, so that an endpoint with
 * many or slow deliveries holds up no other (events.md 10.7). Within a lane deliveries start in the order in which
 * they came. Everything is bounded: what waits in a lane, what is under way to an endpoint, and the whole.
 *
 * <p>A lane is behind when the table holds work for it that did not fit. Until it has caught up, new work goes
 * through the table as well, or it would overtake the old.
 */
final class Lanes {

    private final Bounds bounds;
    private final Map<UUID, Lane> lanes = new HashMap<>();
    /** Lanes that have something to start and may start it. */
    private final Deque<Lane> ready = new ArrayDeque<>();
    /** All deliveries in memory until what became of them is in the table, with the attempts made before. */
    private final Map<UUID, Integer> held = new HashMap<>();

    private int waiting;
    private int running;
    private long bytes;
    /** Whether something was turned away because the whole was full. */
    private boolean full;

    private boolean closed;

    /**
     * How much there may be.
     *
     * @param perEndpoint attempts under way to one endpoint
     * @param underWay attempts under way altogether
     * @param laneLength deliveries that wait in one lane
     * @param waiting deliveries that wait altogether
     * @param bytes payloads altogether
     */
    record Bounds(int perEndpoint, int underWay, int laneLength, int waiting, long bytes) {}

    private static final class Lane {
        final UUID webhookId;
        final Deque<Work> waiting = new ArrayDeque<>();
        int reserved;
        int running;
        boolean inTurn;
        boolean behind;

        Lane(UUID webhookId) {
            this.webhookId = webhookId;
        }

        int length() {
            return waiting.size() + reserved;
        }

        boolean idle() {
            return length() == 0 && running == 0 && !behind;
        }
    }

    Lanes(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Reserves room for one delivery that is about to be committed. */
    synchronized boolean reserve(UUID webhookId, int size) {
        Lane lane = lanes.computeIfAbsent(webhookId, Lane::new);
        if (closed || isFull() || lane.behind || room(lane) < 1) {
            lane.behind |= !closed;
            forgetIfIdle(lane);
            return false;
        }
        lane.reserved++;
        waiting++;
        bytes += size;
        return true;
    }

    /** Gives a reservation back. */
    synchronized void release(UUID webhookId, int size) {
        @Nullable Lane lane = lanes.get(webhookId);
        if (lane != null) {
            lane.reserved--;
            waiting--;
            bytes -= size;
            forgetIfIdle(lane);
        }
    }

    /** Puts a delivery into the room that was reserved for it. Returns whether a thread is needed to serve it. */
    synchronized boolean addReserved(Work work) {
        Lane lane = lanes.computeIfAbsent(work.webhookId(), Lane::new);
        lane.reserved--;
        waiting--;
        bytes -= work.bytes();
        return add(work, lane);
    }

    /**
     * Puts a delivery that was claimed from the table into its lane, unless it is in memory for the same attempt
     * already. For a later one the outcome of that before is in the table, and is about to be {@link #settled} here.
     * Returns whether a thread is needed to serve it.
     */
    synchronized boolean addClaimed(Work work) {
        @Nullable Integer attempts = held.get(work.id());
        return (attempts == null || attempts < work.attempts())
                && add(work, lanes.computeIfAbsent(work.webhookId(), Lane::new));
    }

    private boolean add(Work work, Lane lane) {
        held.put(work.id(), work.attempts());
        lane.waiting.add(work);
        waiting++;
        bytes += work.bytes();
        return takeTurn(lane) && running < bounds.underWay();
    }

    private boolean takeTurn(Lane lane) {
        if (closed || lane.waiting.isEmpty() || lane.running >= bounds.perEndpoint()) {
            return false;
        }
        if (!lane.inTurn) {
            lane.inTurn = true;
            ready.add(lane);
        }
        return true;
    }

    /** The delivery whose turn it is, now under way; null when there is none. */
    synchronized @Nullable Work next() {
        if (running >= bounds.underWay()) {
            return null;
        }
        @Nullable Lane lane = ready.poll();
        if (lane == null) {
            return null;
        }
        lane.inTurn = false;
        Work work = lane.waiting.remove();
        waiting--;
        lane.running++;
        running++;
        takeTurn(lane);
        return work;
    }

    /**
     * The attempt is over: its place is free. Returns whether more should be claimed: the lane is behind, or the
     * whole was full, and has come down to half of what it may hold.
     */
    synchronized boolean finished(Work work) {
        bytes -= work.bytes();
        running--;
        if (running == 0) {
            notifyAll();
        }
        boolean relieved = full && waiting <= bounds.waiting() / 2 && bytes <= bounds.bytes() / 2;
        full &= !relieved;
        @Nullable Lane lane = lanes.get(work.webhookId());
        if (lane == null) {
            return relieved;
        }
        lane.running--;
        takeTurn(lane);
        forgetIfIdle(lane);
        return relieved || (lane.behind && lane.length() <= bounds.laneLength() / 2);
    }

    /** What became of these deliveries is in the table, or is not asked for: they may be claimed again. */
    synchronized void settled(List<Work> ended) {
        ended.forEach(work -> held.remove(work.id(), work.attempts()));
    }

    /** How many deliveries may be claimed for this endpoint. */
    synchronized int room(UUID webhookId) {
        if (closed || isFull()) {
            return 0;
        }
        @Nullable Lane lane = lanes.get(webhookId);
        return lane == null ? bounds.laneLength() : room(lane);
    }

    private boolean isFull() {
        boolean now = waiting >= bounds.waiting() || bytes >= bounds.bytes();
        full |= now;
        return now;
    }

    private int room(Lane lane) {
        return bounds.laneLength() - lane.length();
    }

    /** Notes for which endpoints the table holds work that is due; all others have caught up. */
    synchronized void behind(Set<UUID> webhookIds) {
        webhookIds.forEach(id -> lanes.computeIfAbsent(id, Lane::new).behind = true);
        for (Lane lane : new ArrayList<>(lanes.values())) {
            if (!webhookIds.contains(lane.webhookId)) {
                lane.behind = false;
                forgetIfIdle(lane);
            }
        }
    }

    private void forgetIfIdle(Lane lane) {
        if (lane.idle()) {
            lanes.remove(lane.webhookId);
        }
    }

    /** Takes everything that waits out of memory; what is under way stays. */
    synchronized List<Work> drain() {
        List<Work> drained = new ArrayList<>();
        for (Lane lane : new ArrayList<>(lanes.values())) {
            drained.addAll(lane.waiting);
            lane.waiting.clear();
            lane.inTurn = false;
            forgetIfIdle(lane);
        }
        ready.clear();
        drained.forEach(work -> {
            waiting--;
            bytes -= work.bytes();
        });
        return drained;
    }

    /** Starts nothing any more and takes nothing in. */
    synchronized void close() {
        closed = true;
        ready.clear();
        lanes.values().forEach(lane -> lane.inTurn = false);
    }

    /** Waits until nothing is under way, at most this long. */
    synchronized void awaitIdle(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (running > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    synchronized Set<UUID> held() {
        return Set.copyOf(held.keySet());
    }

    synchronized int waiting() {
        return waiting;
    }

    synchronized int running() {
        return running;
    }
}
