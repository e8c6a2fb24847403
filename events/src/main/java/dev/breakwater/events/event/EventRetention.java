package dev.breakwater.events.event;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Deletes events that are older than their workspace keeps them, a bounded batch at a time. An event that still has a
 * delivery under way stays (events.md 8.4).
 */
public final class EventRetention {

    private static final int BATCH = 5_000;

    private final Database database;
    private final TimeSource time;

    /** Works on this database. */
    public EventRetention(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    private record Keeping(UUID workspaceId, int days) {}

    /** Deletes all that has expired; returns how many events those were. */
    public int sweep() {
        List<Keeping> workspaces = database.query(handle -> handle.createQuery(
                        "SELECT id, retention_days FROM events.workspace WHERE retention_days > 0")
                .map((row, context) -> new Keeping(row.getObject(1, UUID.class), row.getInt(2)))
                .list());
        int total = 0;
        for (Keeping keeping : workspaces) {
            total += sweep(keeping);
        }
        return total;
    }

    private int sweep(Keeping keeping) {
        Instant oldest = time.instant().minus(Duration.ofDays(keeping.days()));
        UUID end = Ids.floor(oldest);
        UUID from = new UUID(0, 0);
        int total = 0;
        while (true) {
            Batch batch = delete(keeping.workspaceId(), from, end);
            total += batch.deleted();
            if (batch.seen() < BATCH) {
                return total;
            }
            from = batch.last();
        }
    }

    /**
     * One batch.
     *
     * @param seen how many events it looked at
     * @param deleted how many of them it deleted
     * @param last the greatest id that it looked at
     */
    private record Batch(int seen, int deleted, UUID last) {}

    private Batch delete(UUID workspaceId, UUID from, UUID end) {
        return database.transact(handle -> handle.createQuery("""
                        WITH expired AS (
                            SELECT id FROM events.event
                            WHERE workspace_id = :workspace AND id > :from AND id < :end
                            ORDER BY id LIMIT :batch
                        ),
                        deleted AS (
                            DELETE FROM events.event e USING expired x
                            WHERE e.id = x.id AND NOT EXISTS (
                                SELECT FROM events.delivery d
                                WHERE d.event_id = x.id AND d.status IN ('pending', 'retrying'))
                            RETURNING e.id
                        )
                        SELECT (SELECT count(*) FROM expired), (SELECT count(*) FROM deleted),
                               (SELECT id FROM expired ORDER BY id DESC LIMIT 1)
                        """)
                .bind("workspace", workspaceId)
                .bind("from", from)
                .bind("end", end)
                .bind("batch", BATCH)
                .map((row, context) -> {
                    UUID last = row.getObject(3, UUID.class);
                    return new Batch(row.getInt(1), row.getInt(2), last == null ? end : last);
                })
                .one());
    }
}
