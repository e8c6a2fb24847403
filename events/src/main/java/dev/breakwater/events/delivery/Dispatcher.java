package dev.breakwater.events.delivery;

import dev.breakwater.events.EventsSettings;
import dev.breakwater.events.activity.Activity;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers (events.md 10). First attempts come straight from the ingest and start at once; everything else lies in
 * the table and is claimed in batches when it is due: retries, replays, what had no room in memory, and what a dead
 * node has left. Attempts run on virtual threads, their outcomes are written by group commit.
 *
 * <p>One thread claims. It sleeps until a signal: an alarm at the next due time, a notification from another node or
 * from a service, room in a lane that is behind. A slow sweep is the net below: it takes over from dead nodes.
 */
public final class Dispatcher implements HandOver, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final int UNDER_WAY = 2_000;
    private static final int LANE_LENGTH = 2_000;
    private static final int WAITING = 20_000;
    private static final long BYTES = 64L << 20;
    private static final int CLAIM = 500;
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(5);
    private static final Duration COUNT_PERIOD = Duration.ofSeconds(30);
    private static final Duration EXPIRY_PERIOD = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 500_000_000;

    private final UUID node = UUID.randomUUID();
    private final Database database;
    private final TimeSource time;
    private final Lanes lanes;
    private final DeliveryMetrics metrics;
    private final Recorder recorder;
    private final Consumer<Instant> failingCheck;
    private final Attempts attempts;
    private final Presence presence;
    private final Thread claimer;
    private final SecureRandom random = new SecureRandom();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition signals = lock.newCondition();
    private boolean signalled;
    private boolean sweepDue;
    private boolean presenceRegained;
    private boolean closing;
    private @Nullable Instant wakeAt;
    private TimeSource.@Nullable Alarm wake;
    private TimeSource.@Nullable Alarm nextSweep;

    /** Leased to this node and not in memory when last looked: the next look decides. */
    private Set<UUID> astray = Set.of();

    private long lastLook = System.nanoTime();
    private long lastCount = System.nanoTime() - COUNT_PERIOD.toNanos();

    private Instant nextExpiry = Instant.EPOCH;

    /** What a dispatcher works with. */
    public record Parts(
            Database database,
            TimeSource time,
            Directory directory,
            Transport http,
            Transport forwarders,
            EventsSettings.Deliveries settings,
            Notifications notifications,
            MeterRegistry metrics,
            Activity activity) {}

    /** Prepared and listening to notifications; {@link #start} begins to deliver. */
    public Dispatcher(Parts parts) {
        database = parts.database();
        time = parts.time();
        lanes = new Lanes(
                new Lanes.Bounds(parts.settings().endpointConcurrency(), UNDER_WAY, LANE_LENGTH, WAITING, BYTES));
        metrics = new DeliveryMetrics(parts.metrics(), lanes);
        FailingEndpoints failing = new FailingEndpoints(database);
        boolean autoDisable = parts.settings().autoDisable();
        recorder = new Recorder(database, node, lanes, metrics, this::wakeAt, outcomes -> {
            outcomes.forEach(outcome -> parts.activity()
                    .attempted(
                            outcome.work().event().workspaceId(),
                            outcome.reply().error().isEmpty()));
            if (autoDisable) {
                failing.note(outcomes);
            }
        });
        failingCheck = autoDisable ? failing::disable : now -> {};
        attempts = new Attempts(
                node,
                time,
                parts.directory(),
                parts.http(),
                parts.forwarders(),
                parts.settings(),
                new RetrySchedule(parts.settings().jitter(), random::nextDouble),
                metrics);
        presence = new Presence(database.settings(), node, this::presenceRegained);
        claimer = Thread.ofPlatform().daemon().name("delivery-claimer").unstarted(this::claim);
        parts.notifications().listen(QueueSql.CHANNEL, message -> signal());
    }

    /**
     * Begins to deliver, first of all what is overdue.
     *
     * @throws Failure.Unavailable when the database does not answer
     */
    public void start() {
        presence.start();
        recorder.start();
        claimer.start();
        sweepLater();
        sweepNow();
    }

    /** Whether due deliveries are being found. */
    public boolean running() {
        return claimer.isAlive();
    }

    @Override
    public UUID node() {
        return node;
    }

    @Override
    public boolean reserve(UUID webhookId, int payloadBytes) {
        return lanes.reserve(webhookId, payloadBytes);
    }

    @Override
    public void release(UUID webhookId, int payloadBytes) {
        lanes.release(webhookId, payloadBytes);
    }

    @Override
    public void accept(List<NewDelivery> deliveries) {
        for (NewDelivery delivery : deliveries) {
            if (lanes.addReserved(Work.first(delivery))) {
                startWorker();
            }
        }
    }

    @Override
    public void workWaits() {
        signal();
    }

    private void startWorker() {
        Thread.ofVirtual().name("delivery").start(this::work);
    }

    private void work() {
        for (Work work = lanes.next(); work != null; work = lanes.next()) {
            attempt(work);
        }
    }

    private void attempt(Work work) {
        attempts.make(work).ifPresentOrElse(recorder::record, () -> recorder.giveBack(work));
        if (lanes.finished(work)) {
            signal();
        }
    }

    private void signal() {
        lock.lock();
        try {
            signalled = true;
            signals.signal();
        } finally {
            lock.unlock();
        }
    }

    private void presenceRegained() {
        lock.lock();
        try {
            presenceRegained = true;
        } finally {
            lock.unlock();
        }
        signal();
    }

    private void sweepNow() {
        lock.lock();
        try {
            sweepDue = true;
        } finally {
            lock.unlock();
        }
        signal();
    }

    private void sweepLater() {
        lock.lock();
        try {
            if (!closing) {
                nextSweep = time.at(time.instant().plus(SWEEP_PERIOD), () -> {
                    sweepNow();
                    sweepLater();
                });
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes sure that the claimer looks at the table at this time, if not earlier. */
    private void wakeAt(Instant when) {
        lock.lock();
        try {
            if (closing || (wakeAt != null && !when.isBefore(wakeAt))) {
                return;
            }
            if (wake != null) {
                wake.cancel();
            }
            wakeAt = when;
            wake = time.at(when, () -> ring(when));
        } finally {
            lock.unlock();
        }
    }

    private void ring(Instant when) {
        lock.lock();
        try {
            if (when.equals(wakeAt)) {
                wakeAt = null;
                wake = null;
            }
        } finally {
            lock.unlock();
        }
        signal();
    }

    private record Orders(boolean sweep, boolean startAfresh) {}

    /** Waits for a signal; null when this node is to end. */
    private @Nullable Orders awaitOrders() throws InterruptedException {
        lock.lock();
        try {
            while (!signalled && !closing) {
                signals.await();
            }
            if (closing) {
                return null;
            }
            Orders orders = new Orders(sweepDue, presenceRegained);
            signalled = false;
            sweepDue = false;
            presenceRegained = false;
            return orders;
        } finally {
            lock.unlock();
        }
    }

    private void claim() {
        try {
            for (Orders orders = awaitOrders(); orders != null; orders = awaitOrders()) {
                try {
                    carryOut(orders);
                } catch (Failure.Unavailable away) {
                    again(orders);
                } catch (RuntimeException fault) {
                    log.error("The deliveries in the table could not be looked after, trying again", fault);
                    again(orders);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the same orders after a pause. */
    private void again(Orders orders) throws InterruptedException {
        lock.lock();
        try {
            signalled = true;
            sweepDue |= orders.sweep();
            presenceRegained |= orders.startAfresh();
            long left = PAUSE_NANOS;
            while (left > 0 && !closing) {
                left = signals.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is due comes before the sweep, so that a fault in the sweep holds up no delivery. */
    private void carryOut(Orders orders) {
        if (orders.startAfresh()) {
            startAfresh();
        }
        claimAll();
        if (orders.sweep()) {
            sweep();
            claimAll();
        }
    }

    private void claimAll() {
        while (claimBatch()) {
            // Until there is nothing due for which there is room.
        }
    }

    /** Claims one batch of what is due, a fair share for each endpoint; returns whether there was any. */
    private boolean claimBatch() {
        Instant now = time.instant();
        List<QueueSql.Open> open = database.connect(connection -> QueueSql.open(connection, node));
        Set<UUID> due = new HashSet<>();
        @Nullable Instant next = null;
        Instant oldest = now;
        for (QueueSql.Open each : open) {
            if (!each.dueAt().isAfter(now)) {
                due.add(each.webhookId());
                oldest = each.dueAt().isBefore(oldest) ? each.dueAt() : oldest;
            } else if (next == null || each.dueAt().isBefore(next)) {
                next = each.dueAt();
            }
        }
        if (next != null) {
            wakeAt(next);
        }
        metrics.oldestDue(Duration.between(oldest, now));
        lanes.behind(due);
        Map<UUID, Integer> rooms = rooms(due);
        if (rooms.isEmpty()) {
            return false;
        }
        List<Work> claimed = database.connect(connection -> QueueSql.claim(connection, rooms, now, node));
        for (Work work : claimed) {
            if (lanes.addClaimed(work)) {
                startWorker();
            }
        }
        return !claimed.isEmpty();
    }

    private Map<UUID, Integer> rooms(Set<UUID> due) {
        List<UUID> order = new ArrayList<>(due);
        Collections.shuffle(order, random);
        Map<UUID, Integer> rooms = new LinkedHashMap<>();
        int share = Math.max(1, CLAIM / Math.max(1, order.size()));
        int left = CLAIM;
        for (UUID webhookId : order) {
            int room = Math.min(Math.min(share, left), lanes.room(webhookId));
            if (room > 0) {
                rooms.put(webhookId, room);
                left -= room;
            }
        }
        return rooms;
    }

    private void count() {
        if (System.nanoTime() - lastCount >= COUNT_PERIOD.toNanos()) {
            lastCount = System.nanoTime();
            metrics.counted(database.connect(QueueSql::depths));
        }
    }

    private void sweep() {
        count();
        for (UUID owner : database.connect(QueueSql::owners)) {
            if (!owner.equals(node)) {
                takeOver(owner);
            }
        }
        findAstray();
        Instant now = time.instant();
        if (!now.isBefore(nextExpiry)) {
            nextExpiry = now.plus(EXPIRY_PERIOD);
            failingCheck.accept(now);
            int expired;
            do {
                expired = database.connect(connection -> QueueSql.expire(connection, now));
            } while (expired > 0);
        }
    }

    /** Opens the deliveries of a node to all nodes if it is dead. */
    private void takeOver(UUID owner) {
        int released;
        int all = 0;
        do {
            released = database.transact(handle -> Presence.absent(handle.getConnection(), owner)
                    ? QueueSql.releaseSome(handle.getConnection(), owner)
                    : 0);
            all += released;
        } while (released > 0);
        if (all > 0) {
            log.info("Took over {} deliveries from a node that is gone", all);
        }
    }

    /**
     * Gives back what is leased to this node and not in its memory: the ingest may not have learned that its commit
     * succeeded. What was committed a moment ago may still be on its way into memory, so only a second look counts,
     * some seconds of real time later.
     */
    private void findAstray() {
        if (System.nanoTime() - lastLook < SWEEP_PERIOD.toNanos() / 2) {
            return;
        }
        lastLook = System.nanoTime();
        Set<UUID> missing = new HashSet<>(database.connect(connection -> QueueSql.leased(connection, node)));
        missing.removeAll(lanes.held());
        Set<UUID> still = new HashSet<>(missing);
        still.retainAll(astray);
        if (!still.isEmpty()) {
            database.connect(connection -> QueueSql.release(connection, still, node));
        }
        astray = missing;
    }

    /** Other nodes may have taken over what this one had: nothing that waits in memory can be relied upon. */
    private void startAfresh() {
        lanes.drain().forEach(recorder::giveBack);
    }

    /** Lets running attempts finish for ten seconds, gives everything else back to the other nodes, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            signals.signalAll();
            if (wake != null) {
                wake.cancel();
            }
            if (nextSweep != null) {
                nextSweep.cancel();
            }
        } finally {
            lock.unlock();
        }
        lanes.close();
        try {
            lanes.awaitIdle(GRACE);
            claimer.join(GRACE);
            recorder.close();
            giveBackEverything();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            presence.close();
        }
    }

    private void giveBackEverything() {
        try {
            while (database.connect(connection -> QueueSql.releaseSome(connection, node)) > 0) {
                // Until none is left.
            }
            database.query(handle -> {
                QueueSql.wakeNodes(handle);
                return node;
            });
        } catch (RuntimeException e) {
            log.warn("The deliveries of this node could not be given back; other nodes take them over");
        }
    }
}
