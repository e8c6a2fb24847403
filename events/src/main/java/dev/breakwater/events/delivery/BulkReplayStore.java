package dev.breakwater.events.delivery;

import dev.breakwater.kernel.id.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The SQL of bulk replays. */
final class BulkReplayStore {

    private static final UUID LEAST = new UUID(0, 0);

    /**
     * Times become bounds on ids, because an id carries the time of its delivery. The status is part of the statement,
     * as otherwise a prepared plan could not use the index of the deliveries that did not go well.
     */
    private static String match(ReplayFilter filter) {
        return """
            FROM events.delivery d
            WHERE d.workspace_id = :workspace AND d.id >= :from AND d.id < :before AND d.status = '%s'
              AND d.due_at IS NULL AND d.lease_owner IS NULL
              AND (:webhook::uuid IS NULL OR d.webhook_id = :webhook)
              AND (:event::uuid IS NULL OR d.event_id = :event)
            """.formatted(known(filter.status()));
    }

    private static String known(String status) {
        return switch (status) {
            case "failed", "canceled", "delivered" -> status;
            default -> throw new IllegalArgumentException("Deliveries that are " + status + " are not replayed");
        };
    }

    private BulkReplayStore() {}

    /** How many deliveries the filter means now. */
    static long count(Handle handle, UUID workspaceId, ReplayFilter filter) {
        return bind(handle.createQuery("SELECT count(*) " + match(filter)), workspaceId, filter)
                .mapTo(Long.class)
                .one();
    }

    /** Adds a bulk replay whose first batch may be taken at once. */
    static void insert(Handle handle, BulkReplay replay) {
        ReplayFilter filter = replay.filter();
        handle.createUpdate("""
                        INSERT INTO events.replay (id, workspace_id, webhook_id, event_id, status, created_after,
                                                   created_before, matched, next_batch_at, created_at)
                        VALUES (:id, :workspace, :webhook, :event, :status, :after, :before, :matched, :now, :now)
                        """)
                .bind("id", replay.id())
                .bind("workspace", replay.workspaceId())
                .bindByType("webhook", filter.webhookId().orElse(null), UUID.class)
                .bindByType("event", filter.eventId().orElse(null), UUID.class)
                .bind("status", filter.status())
                .bind("after", filter.createdAfter().map(BulkReplayStore::utc).orElse(null))
                .bind("before", utc(filter.createdBefore()))
                .bind("matched", replay.matched())
                .bind("now", utc(replay.createdAt()))
                .execute();
    }

    /** One bulk replay, whoever owns it. */
    static Optional<BulkReplay> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM events.replay WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** A bulk replay whose next batch may be taken and which no other node has in hand. */
    static Optional<BulkReplay> lockNext(Handle handle, Instant now) {
        return handle.createQuery("""
                        SELECT * FROM events.replay WHERE next_batch_at <= :now
                        ORDER BY next_batch_at LIMIT 1 FOR UPDATE SKIP LOCKED
                        """)
                .bind("now", utc(now))
                .map((row, context) -> read(row))
                .findOne();
    }

    /** When the next batch of any bulk replay may be taken. */
    static Optional<Instant> nextBatchAt(Handle handle) {
        return handle.createQuery("SELECT next_batch_at FROM events.replay WHERE next_batch_at IS NOT NULL"
                        + " ORDER BY next_batch_at LIMIT 1")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant);
    }

    /** The next deliveries of a bulk replay, the oldest first. */
    static List<UUID> batch(Handle handle, BulkReplay replay, int size) {
        var query = handle.createQuery("SELECT d.id " + match(replay.filter())
                + " AND (:position::uuid IS NULL OR d.id > :position) ORDER BY d.id LIMIT :size");
        return bind(query, replay.workspaceId(), replay.filter())
                .bindByType("position", replay.position(), UUID.class)
                .bind("size", size)
                .mapTo(UUID.class)
                .list();
    }

    /** Of these deliveries, those that can be sent: their webhook is active and their event still kept. */
    static List<UUID> sendable(Handle handle, List<UUID> ids) {
        return handle.createQuery("""
                        SELECT d.id FROM events.delivery d
                        JOIN events.webhook h
                            ON h.id = d.webhook_id AND h.status = 'active' AND h.deleted_at IS NULL
                        JOIN events.workspace w ON w.id = d.workspace_id AND w.status <> 'archived'
                        JOIN events.event e ON e.id = d.event_id
                        WHERE d.id = ANY(:ids)
                        """)
                .bindArray("ids", UUID.class, ids)
                .mapTo(UUID.class)
                .list();
    }

    /** Notes how far a bulk replay has come; without a next batch it is completed. */
    static void advance(
            Handle handle,
            UUID id,
            @Nullable UUID position,
            int replayed,
            int skipped,
            Instant now,
            @Nullable Instant nextBatchAt) {
        handle.createUpdate("""
                        UPDATE events.replay
                        SET position = COALESCE(:position, position), replayed = replayed + :replayed,
                            skipped = skipped + :skipped, next_batch_at = :next,
                            completed_at = CASE WHEN :next::timestamptz IS NULL THEN :now END
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bindByType("position", position, UUID.class)
                .bind("replayed", replayed)
                .bind("skipped", skipped)
                .bind("now", utc(now))
                .bind("next", nextBatchAt == null ? null : utc(nextBatchAt))
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, UUID workspaceId, ReplayFilter filter) {
        return statement
                .bind("workspace", workspaceId)
                .bind("from", filter.createdAfter().map(Ids::floor).orElse(LEAST))
                .bind("before", Ids.floor(filter.createdBefore()))
                .bindByType("webhook", filter.webhookId().orElse(null), UUID.class)
                .bindByType("event", filter.eventId().orElse(null), UUID.class);
    }

    private static BulkReplay read(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime after = row.getObject("created_after", OffsetDateTime.class);
        @Nullable OffsetDateTime completed = row.getObject("completed_at", OffsetDateTime.class);
        ReplayFilter filter = new ReplayFilter(
                Optional.ofNullable(row.getObject("webhook_id", UUID.class)),
                Optional.ofNullable(row.getObject("event_id", UUID.class)),
                row.getString("status"),
                Optional.ofNullable(after).map(OffsetDateTime::toInstant),
                row.getObject("created_before", OffsetDateTime.class).toInstant());
        return new BulkReplay(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                filter,
                row.getLong("matched"),
                row.getLong("replayed"),
                row.getLong("skipped"),
                row.getObject("position", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                completed == null ? null : completed.toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
