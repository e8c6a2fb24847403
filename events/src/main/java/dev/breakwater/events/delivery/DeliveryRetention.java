package dev.breakwater.events.delivery;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Forgets deliveries that have ended, their attempts, and bulk replays, when they are old enough (events.md 8.4). */
final class DeliveryRetention {

    private static final int BATCH = 2_000;

    private final Database database;
    private final TimeSource time;
    private final Duration kept;

    DeliveryRetention(Database database, TimeSource time, Duration kept) {
        this.database = database;
        this.time = time;
        this.kept = kept;
    }

    /** Removes everything that is too old, a bounded batch at a time; returns how many deliveries those were. */
    int sweep() {
        Instant oldest = time.instant().minus(kept);
        database.query(handle -> handle.createUpdate("DELETE FROM events.replay WHERE completed_at < :oldest")
                .bind("oldest", oldest.atOffset(ZoneOffset.UTC))
                .execute());
        int all = 0;
        int removed;
        do {
            removed = removeBatch(Ids.floor(oldest));
            all += removed;
        } while (removed == BATCH);
        return all;
    }

    /** An id carries the time of its delivery, so the oldest come first in the primary key. */
    private int removeBatch(UUID before) {
        return database.query(handle -> handle.createUpdate("""
                        WITH old AS (
                            SELECT id FROM events.delivery
                            WHERE id < :before AND due_at IS NULL AND lease_owner IS NULL
                            ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED
                        ),
                        attempts AS (DELETE FROM events.attempt WHERE delivery_id IN (SELECT id FROM old))
                        DELETE FROM events.delivery WHERE id IN (SELECT id FROM old)
                        """)
                .bind("before", before)
                .bind("batch", BATCH)
                .execute());
    }
}
