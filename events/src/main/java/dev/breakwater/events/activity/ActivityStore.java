package dev.breakwater.events.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of activity. */
final class ActivityStore {

    private ActivityStore() {}

    /** What happened in a span, which is numbered from the epoch on. */
    record Row(long span, Tally tally) {}

    /** What happened in the workspaces of an organization since then, by spans of so many seconds. */
    static List<Row> read(Handle handle, UUID organization, Instant from, long seconds) {
        return handle.createQuery("""
                        SELECT floor(extract(epoch FROM a.minute) / :seconds)::bigint AS span,
                               sum(a.events)::bigint AS events, sum(a.delivered)::bigint AS delivered,
                               sum(a.failed)::bigint AS failed
                        FROM events.activity a JOIN events.workspace w ON w.id = a.workspace_id
                        WHERE w.organization_id = :organization AND a.minute >= :from
                        GROUP BY span
                        """)
                .bind("seconds", seconds)
                .bind("organization", organization)
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Row(
                        row.getLong("span"),
                        new Tally(row.getLong("events"), row.getLong("delivered"), row.getLong("failed"))))
                .list();
    }

    /** The workspaces of an organization. */
    static Set<UUID> workspaces(Handle handle, UUID organization) {
        return handle.createQuery("SELECT id FROM events.workspace WHERE organization_id = :organization")
                .bind("organization", organization)
                .mapTo(UUID.class)
                .set();
    }

    /** Adds to the rows of this node. They need not survive a crash of PostgreSQL, so nobody waits for the disk. */
    static void add(Handle handle, UUID node, Map<Activity.Key, Tally> tallies) {
        handle.execute("SET LOCAL synchronous_commit = off");
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO events.activity AS there (workspace_id, minute, node, events, delivered, failed)
                VALUES (:workspace, :minute, :node, :events, :delivered, :failed)
                ON CONFLICT (workspace_id, minute, node) DO UPDATE
                SET events = there.events + excluded.events, delivered = there.delivered + excluded.delivered,
                    failed = there.failed + excluded.failed
                """);
        tallies.forEach((key, tally) -> batch.bind("workspace", key.workspaceId())
                .bind("minute", key.minute().atOffset(ZoneOffset.UTC))
                .bind("node", node)
                .bind("events", tally.events())
                .bind("delivered", tally.delivered())
                .bind("failed", tally.failed())
                .add());
        batch.execute();
    }

    /** Deletes the rows of earlier minutes. */
    static int deleteBefore(Handle handle, Instant time) {
        return handle.createUpdate("DELETE FROM events.activity WHERE minute < :time")
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
