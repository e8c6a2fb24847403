package dev.breakwater.events.delivery;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out bulk replays (events.md 10.7): in the background, in batches of at most 200 a second each, so that old
 * deliveries do not crowd out new ones. A batch and the note of how far it came are one transaction; so a bulk replay
 * survives any restart, and any node goes on with it.
 */
final class BulkReplays implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BulkReplays.class);
    private static final int BATCH = 200;
    private static final Duration PACE = Duration.ofSeconds(1);
    /** How often this node looks for bulk replays that another node has left behind. */
    private static final Duration PATROL = Duration.ofMinutes(1);

    private final Database database;
    private final TimeSource time;
    private final Ids ids;
    private TimeSource.@Nullable Alarm alarm;
    private boolean closed;

    BulkReplays(Database database, TimeSource time, Ids ids) {
        this.database = database;
        this.time = time;
        this.ids = ids;
    }

    void start() {
        runAt(time.instant());
    }

    /** How many deliveries a bulk replay would mean. */
    long count(UUID workspaceId, ReplayFilter filter) {
        return database.query(handle -> BulkReplayStore.count(handle, workspaceId, filter));
    }

    /** Adds a bulk replay in the transaction of the request; {@link #begin} follows its commit. */
    BulkReplay add(Handle handle, UUID workspaceId, ReplayFilter filter) {
        BulkReplay replay = new BulkReplay(
                ids.next(),
                workspaceId,
                filter,
                BulkReplayStore.count(handle, workspaceId, filter),
                0,
                0,
                null,
                time.instant(),
                null);
        BulkReplayStore.insert(handle, replay);
        return replay;
    }

    /** Begins with what was added. */
    void begin() {
        runAt(time.instant());
    }

    /** A bulk replay, whoever owns it. */
    Optional<BulkReplay> find(UUID id) {
        return database.query(handle -> BulkReplayStore.find(handle, id));
    }

    private synchronized void runAt(Instant when) {
        if (closed) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        alarm = time.at(when, () -> Thread.ofVirtual().name("bulk-replay").start(this::run));
    }

    private void run() {
        Instant next = time.instant().plus(PATROL);
        try {
            while (takeBatch()) {
                // One batch of each bulk replay whose turn it is.
            }
            Optional<Instant> planned = database.query(BulkReplayStore::nextBatchAt);
            next = planned.filter(next::isAfter).orElse(next);
        } catch (Failure.Unavailable away) {
            next = time.instant().plus(PACE);
        } catch (RuntimeException fault) {
            log.error("A batch of a bulk replay failed, trying again later", fault);
        }
        // Another node may have a batch in hand that is due already.
        Instant soonest = time.instant().plus(PACE);
        runAt(next.isBefore(soonest) ? soonest : next);
    }

    private boolean takeBatch() {
        Instant now = time.instant();
        return database.transact(handle -> {
            Optional<BulkReplay> replay = BulkReplayStore.lockNext(handle, now);
            replay.ifPresent(each -> takeBatch(handle, each, now));
            return replay.isPresent();
        });
    }

    private static void takeBatch(Handle handle, BulkReplay replay, Instant now) {
        List<UUID> batch = BulkReplayStore.batch(handle, replay, BATCH);
        List<UUID> sendable = BulkReplayStore.sendable(handle, batch);
        int replayed = DeliveryStore.replay(handle, sendable, now);
        BulkReplayStore.advance(
                handle,
                replay.id(),
                batch.isEmpty() ? null : batch.getLast(),
                replayed,
                batch.size() - replayed,
                now,
                batch.size() < BATCH ? null : now.plus(PACE));
        if (replayed > 0) {
            QueueSql.wakeNodes(handle);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
