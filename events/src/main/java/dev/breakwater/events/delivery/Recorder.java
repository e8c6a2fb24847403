package dev.breakwater.events.delivery;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of attempts by group commit: while one commit is under way, the next batch collects. When the
 * database is away it tries until it is back; its queue is bounded, so attempts then wait before they end.
 */
final class Recorder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final int CAPACITY = 5_000;
    private static final int BATCH = 500;
    private static final int RETRY_MILLIS = 250;
    private static final int LAST_CALL_MILLIS = 5_000;

    private final Database database;
    private final UUID node;
    private final Lanes lanes;
    private final DeliveryMetrics metrics;
    private final Consumer<Instant> dueAgain;
    private final Consumer<List<Outcome>> afterwards;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What is to be written. */
    private sealed interface Entry {}

    private record Ended(Outcome outcome) implements Entry {}

    private record GivenBack(Work work) implements Entry {}

    private record Close() implements Entry {}

    /**
     * A recorder.
     *
     * @param dueAgain hears when a delivery is due the next time
     * @param afterwards hears what has been written
     */
    Recorder(
            Database database,
            UUID node,
            Lanes lanes,
            DeliveryMetrics metrics,
            Consumer<Instant> dueAgain,
            Consumer<List<Outcome>> afterwards) {
        this.database = database;
        this.node = node;
        this.lanes = lanes;
        this.metrics = metrics;
        this.dueAgain = dueAgain;
        this.afterwards = afterwards;
        thread = Thread.ofPlatform().daemon().name("delivery-recorder").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Writes an outcome soon; waits while too many are waiting. */
    void record(Outcome outcome) {
        put(new Ended(outcome));
    }

    /** Gives a delivery back to all nodes without an attempt. */
    void giveBack(Work work) {
        put(new GivenBack(work));
    }

    private void put(Entry entry) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(entry);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Entry> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                write(batch);
                if (batch.getLast() instanceof Close) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            log.warn("The outcomes of {} attempts were not written; they will be made again", batch.size());
        }
    }

    private void write(List<Entry> batch) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        List<Work> givenBack = new ArrayList<>();
        for (Entry entry : batch) {
            switch (entry) {
                case Ended ended -> outcomes.add(ended.outcome());
                case GivenBack given -> givenBack.add(given.work());
                case Close close -> {}
            }
        }
        writeOutcomes(outcomes);
        // Nothing is in memory of them any more, and as soon as they are given back somebody may claim them.
        lanes.settled(givenBack);
        write(() -> giveBack(givenBack));
    }

    private void writeOutcomes(List<Outcome> outcomes) throws InterruptedException {
        if (outcomes.isEmpty()) {
            return;
        }
        @Nullable RuntimeException fault = write(() -> record(outcomes));
        if (fault == null) {
            return;
        }
        if (outcomes.size() == 1) {
            // It stays with this node until that ends, which is better than an attempt that is repeated without end.
            log.error(
                    "The outcome of delivery {} could not be written",
                    outcomes.getFirst().work().id(),
                    fault);
            return;
        }
        for (Outcome outcome : outcomes) {
            writeOutcomes(List.of(outcome));
        }
    }

    /** Tries until the database is there; returns the fault when it is another one. */
    private @Nullable RuntimeException write(Runnable work) throws InterruptedException {
        while (true) {
            try {
                work.run();
                return null;
            } catch (Failure.Unavailable away) {
                if (closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return away;
                }
            } catch (RuntimeException fault) {
                return fault;
            }
        }
    }

    private void record(List<Outcome> outcomes) {
        List<QueueSql.Recorded> recorded = database.connect(connection -> QueueSql.record(connection, outcomes, node));
        lanes.settled(outcomes.stream().map(Outcome::work).toList());
        for (QueueSql.Recorded each : recorded) {
            metrics.recorded(each.status());
            if (each.dueAt() != null) {
                dueAgain.accept(each.dueAt());
            }
        }
        afterwards.accept(outcomes);
        if (recorded.size() < outcomes.size()) {
            log.warn(
                    "{} attempts were made for deliveries that another node has taken over",
                    outcomes.size() - recorded.size());
        }
    }

    private void giveBack(List<Work> work) {
        if (!work.isEmpty()) {
            List<UUID> ids = work.stream().map(Work::id).toList();
            database.connect(connection -> QueueSql.release(connection, ids, node));
        }
    }

    /** Writes what has arrived, then ends. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (queue.offer(new Close(), LAST_CALL_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.join(LAST_CALL_MILLIS);
            }
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
