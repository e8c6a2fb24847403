package dev.breakwater.events.ingest;

import dev.breakwater.events.EventsSettings;
import dev.breakwater.events.activity.Activity;
import dev.breakwater.events.delivery.HandOver;
import dev.breakwater.events.event.Event;
import dev.breakwater.events.ingest.PendingEvent.Conflicting;
import dev.breakwater.events.ingest.PendingEvent.HandedOut;
import dev.breakwater.events.ingest.PendingEvent.Outcome;
import dev.breakwater.events.ingest.PendingEvent.Refused;
import dev.breakwater.events.ingest.PendingEvent.Repeated;
import dev.breakwater.events.ingest.PendingEvent.Stored;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores events by group commit: requests queue up while a commit is under way, and the next commit takes them all.
 * A request is answered after the commit that holds its event, its idempotency record and its deliveries. The queue
 * is bounded by number and by bytes; when it is full, requests are refused at once (events.md 4.2, 6).
 */
final class Ingest implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ingest.class);
    private static final Duration KEY_LIFE = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MAX_QUEUED_BYTES = 64 << 20;
    private static final int MAX_BATCH_BYTES = 8 << 20;

    private final Database database;
    private final TimeSource time;
    private final Ids ids;
    private final Directory directory;
    private final HandOver handOver;
    private final Activity activity;
    private final int batchSize;
    private final int capacity;
    private final BlockingQueue<Work> queue;
    private final Semaphore queuedBytes = new Semaphore(MAX_QUEUED_BYTES);
    private final List<Thread> writers = new ArrayList<>();
    private final Timer commits;
    private final DistributionSummary batches;
    private volatile boolean stopping;

    Ingest(
            Database database,
            TimeSource time,
            Ids ids,
            Directory directory,
            HandOver handOver,
            EventsSettings.Ingest settings,
            MeterRegistry metrics,
            Activity activity) {
        this.activity = activity;
        this.database = database;
        this.time = time;
        this.ids = ids;
        this.directory = directory;
        this.handOver = handOver;
        batchSize = settings.batchSize();
        queue = new LinkedBlockingQueue<>();
        capacity = settings.queueCapacity();
        commits = Timer.builder("breakwater.events.commits")
                .description("Group commits of events, with the time each took to reach stable storage")
                .publishPercentileHistogram()
                .register(metrics);
        batches = DistributionSummary.builder("breakwater.events.batch.size")
                .description("Events in one group commit")
                .register(metrics);
        metrics.gauge("breakwater.events.queue.size", queue, BlockingQueue::size);
        for (int i = 1; i <= settings.writers(); i++) {
            writers.add(Thread.ofPlatform().daemon().name("event-writer-" + i).unstarted(this::write));
        }
    }

    /** What a writer takes from the queue. */
    private sealed interface Work {}

    private record Store(PendingEvent event) implements Work {}

    /** Sent once to each writer, behind everything that is to be stored before it ends. */
    private record Stop() implements Work {}

    void start() {
        writers.forEach(Thread::start);
    }

    /** Whether every writer is at work. */
    boolean running() {
        return writers.stream().allMatch(Thread::isAlive);
    }

    /**
     * Stores one event and waits until it is durable.
     *
     * @throws Failure.Unavailable when the queue is full, the server stops, or the commit takes too long
     */
    Outcome store(Event event, @Nullable Webhook only, PendingEvent.@Nullable Key key, Directory.Entry workspace) {
        PendingEvent pending = new PendingEvent(event, only, key, workspace, new CompletableFuture<>());
        enqueue(pending);
        try {
            return pending.outcome().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("An event could not be stored", e.getCause());
        } catch (TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private void enqueue(PendingEvent pending) {
        if (stopping || queue.size() >= capacity || !queuedBytes.tryAcquire(pending.bytes())) {
            throw unavailable();
        }
        queue.add(new Store(pending));
    }

    private static Failure.Unavailable unavailable() {
        return new Failure.Unavailable(Duration.ofSeconds(1), "Service temporarily unavailable.");
    }

    private void write() {
        // Requests that must wait for the commit of another one with the same key.
        List<PendingEvent> waiting = new ArrayList<>();
        while (true) {
            List<PendingEvent> batch = new ArrayList<>(batchSize);
            try {
                waiting = collect(batch, waiting);
            } catch (InterruptedException e) {
                return;
            }
            if (batch.isEmpty()) {
                return;
            }
            try {
                commit(batch);
            } catch (RuntimeException | OutOfMemoryError e) {
                fail(batch, e);
            }
        }
    }

    /** Fills the batch, at most one request for each key, and returns those that have to wait. */
    private List<PendingEvent> collect(List<PendingEvent> batch, List<PendingEvent> waiting)
            throws InterruptedException {
        List<PendingEvent> candidates = new ArrayList<>(waiting);
        if (candidates.isEmpty()) {
            @Nullable PendingEvent first = next();
            if (first == null) {
                return List.of();
            }
            candidates.add(first);
        }
        int bytes = 0;
        Set<BatchSql.KeyOf> keys = new HashSet<>();
        List<PendingEvent> later = new ArrayList<>();
        int taken = 0;
        while (true) {
            @Nullable PendingEvent each = taken < candidates.size() ? candidates.get(taken++) : take();
            if (each == null) {
                return later;
            }
            PendingEvent.@Nullable Key key = each.key();
            if (key != null && !keys.add(BatchSql.KeyOf.of(each, key))) {
                later.add(each);
            } else {
                batch.add(each);
                bytes += each.bytes();
            }
            if (batch.size() + later.size() >= batchSize || bytes >= MAX_BATCH_BYTES) {
                later.addAll(candidates.subList(Math.min(taken, candidates.size()), candidates.size()));
                return later;
            }
        }
    }

    /** Waits for the first request of a batch; null when this writer is to end. */
    private @Nullable PendingEvent next() throws InterruptedException {
        return unwrap(queue.take());
    }

    /** The next request if there is one already. */
    private @Nullable PendingEvent take() {
        return queue.peek() instanceof Stop ? null : unwrap(queue.poll());
    }

    private @Nullable PendingEvent unwrap(@Nullable Work work) {
        return switch (work) {
            case Store store -> {
                queuedBytes.release(store.event().bytes());
                yield store.event();
            }
            case Stop stop -> {
                queue.add(stop);
                yield null;
            }
            case null -> null;
        };
    }

    private void commit(List<PendingEvent> batch) {
        Instant now = time.instant();
        List<BatchSql.Fan> fans = fanOut(batch);
        long start = System.nanoTime();
        Set<UUID> stored;
        try {
            stored = database.connect(
                    connection -> BatchSql.store(connection, batch, fans, handOver.node(), now.minus(KEY_LIFE)));
        } catch (RuntimeException e) {
            release(fans, Set.of());
            throw e;
        }
        commits.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        batches.record(batch.size());
        List<PendingEvent> left = answer(batch, fans, stored);
        deliver(fans, stored);
        if (!left.isEmpty()) {
            settle(left, now);
        }
    }

    private List<BatchSql.Fan> fanOut(List<PendingEvent> batch) {
        List<BatchSql.Fan> fans = new ArrayList<>(batch.size());
        for (PendingEvent each : batch) {
            for (Webhook webhook : each.recipients()) {
                boolean leased = handOver.reserve(webhook.id(), each.bytes());
                fans.add(new BatchSql.Fan(ids.next(), webhook.id(), each, leased));
            }
        }
        return fans;
    }

    private void deliver(List<BatchSql.Fan> fans, Set<UUID> stored) {
        if (fans.isEmpty()) {
            return;
        }
        List<HandOver.NewDelivery> handedOver = new ArrayList<>(fans.size());
        boolean others = false;
        for (BatchSql.Fan fan : fans) {
            Event event = fan.pending().event();
            if (stored.contains(event.id())) {
                if (fan.leased()) {
                    handedOver.add(new HandOver.NewDelivery(fan.id(), fan.webhookId(), event, event.createdAt()));
                } else {
                    others = true;
                }
            }
        }
        handOver.accept(handedOver);
        release(fans, stored);
        if (others) {
            handOver.workWaits();
        }
    }

    /** Gives back the room of deliveries that were not stored. */
    private void release(List<BatchSql.Fan> fans, Set<UUID> stored) {
        for (BatchSql.Fan fan : fans) {
            if (fan.leased() && !stored.contains(fan.pending().event().id())) {
                handOver.release(fan.webhookId(), fan.pending().bytes());
            }
        }
    }

    /** Answers the requests whose events were stored, and returns the others. */
    private List<PendingEvent> answer(List<PendingEvent> batch, List<BatchSql.Fan> fans, Set<UUID> stored) {
        Map<UUID, List<HandedOut>> tests = new HashMap<>();
        for (BatchSql.Fan fan : fans) {
            Webhook only = fan.pending().only();
            if (only != null) {
                tests.put(fan.pending().event().id(), List.of(new HandedOut(fan.id(), only)));
            }
        }
        List<PendingEvent> left = new ArrayList<>();
        for (PendingEvent each : batch) {
            UUID id = each.event().id();
            if (stored.contains(id)) {
                activity.stored(each.event().workspaceId());
                each.outcome().complete(new Stored(each.event(), tests.getOrDefault(id, List.of())));
            } else {
                left.add(each);
            }
        }
        return left;
    }

    /** Finds out why requests were not stored: their key is taken, or their workspace has changed. */
    private void settle(List<PendingEvent> left, Instant now) {
        List<BatchSql.KeyOf> keys = new ArrayList<>();
        for (PendingEvent each : left) {
            PendingEvent.@Nullable Key key = each.key();
            if (key != null) {
                keys.add(BatchSql.KeyOf.of(each, key));
            }
        }
        Map<BatchSql.KeyOf, BatchSql.Held> held = keys.isEmpty()
                ? Map.of()
                : database.connect(connection -> BatchSql.held(connection, keys, now.minus(KEY_LIFE)));
        for (PendingEvent each : left) {
            PendingEvent.@Nullable Key key = each.key();
            BatchSql.@Nullable Held record = key == null ? null : held.get(BatchSql.KeyOf.of(each, key));
            if (key != null && record != null) {
                each.outcome().complete(repeated(key, record));
            } else {
                again(each);
            }
        }
    }

    private static Outcome repeated(PendingEvent.Key key, BatchSql.Held held) {
        Event event = held.event();
        return event != null && Arrays.equals(key.fingerprint(), held.fingerprint())
                ? new Repeated(event)
                : new Conflicting();
    }

    /** Matches an event against its workspace as it is now, and queues it once more. */
    private void again(PendingEvent pending) {
        UUID workspaceId = pending.event().workspaceId();
        Optional<Directory.Entry> fresh = directory.refresh(workspaceId);
        try {
            Directory.Entry entry =
                    fresh.orElseThrow(() -> WorkspaceAccess.unknown(Ids.text(WorkspaceAccess.PREFIX, workspaceId)));
            WorkspaceAccess.requireWritable(entry.workspace());
            enqueue(pending.against(entry));
        } catch (Failure failure) {
            pending.outcome().complete(new Refused(failure));
        }
    }

    /** A batch that failed as a whole is tried one by one, so that a bad row fails alone. */
    private void fail(List<PendingEvent> batch, Throwable fault) {
        boolean alone = batch.size() == 1;
        if (alone || fault instanceof Failure.Unavailable) {
            if (!(fault instanceof Failure)) {
                log.error("An event could not be stored", fault);
            }
            batch.forEach(each -> each.outcome().completeExceptionally(fault));
            return;
        }
        log.warn("A batch of {} events failed, storing them one by one", batch.size(), fault);
        for (PendingEvent each : batch) {
            if (!each.outcome().isDone()) {
                try {
                    commit(List.of(each));
                } catch (RuntimeException e) {
                    fail(List.of(each), e);
                }
            }
        }
    }

    /** Serves what is queued, then stops; new requests are refused. */
    @Override
    public void close() {
        stopping = true;
        queue.add(new Stop());
        for (Thread writer : writers) {
            try {
                writer.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
