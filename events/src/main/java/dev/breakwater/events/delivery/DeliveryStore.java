package dev.breakwater.events.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of reading and replaying deliveries. Moving them along is the queue's. */
final class DeliveryStore {

    private static final String HELD = "(h.status = 'disabled' OR w.status <> 'active')";

    private static final String SELECT = """
            SELECT d.id, d.workspace_id, d.webhook_id, d.event_id, d.event_type, d.attempt_count, d.due_at,
                   d.created_at,
                   CASE WHEN d.due_at IS NULL THEN d.status
                        WHEN d.lease_owner IS NOT NULL THEN 'delivering'
                        WHEN %s THEN 'held'
                        ELSE d.status END AS state
            FROM events.delivery d
            JOIN events.webhook h ON h.id = d.webhook_id
            JOIN events.workspace w ON w.id = d.workspace_id
            """.formatted(HELD);

    private DeliveryStore() {}

    /** One delivery, whoever owns it. */
    static Optional<DeliveryRecord> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + " WHERE d.id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The deliveries of a workspace that fit, newest first, those older than {@code after}. */
    static List<DeliveryRecord> list(
            Handle handle, UUID workspaceId, DeliveryFilter filter, @Nullable UUID after, int limit) {
        StringBuilder sql = new StringBuilder(SELECT).append(" WHERE d.workspace_id = :workspace");
        filter.webhookId().ifPresent(id -> sql.append(" AND d.webhook_id = :webhook"));
        filter.eventId().ifPresent(id -> sql.append(" AND d.event_id = :event"));
        filter.status().ifPresent(status -> sql.append(" AND ").append(condition(status)));
        if (after != null) {
            sql.append(" AND d.id < :after");
        }
        sql.append(" ORDER BY d.id DESC LIMIT :limit");
        var query = handle.createQuery(sql.toString())
                .bind("workspace", workspaceId)
                .bind("limit", limit);
        filter.webhookId().ifPresent(id -> query.bind("webhook", id));
        filter.eventId().ifPresent(id -> query.bind("event", id));
        if (after != null) {
            query.bind("after", after);
        }
        return query.map((row, context) -> read(row)).list();
    }

    /** The newest deliveries of an organization that failed or are being retried. */
    static List<DeliveryRecord> inTrouble(Handle handle, UUID organization, int limit) {
        return handle.createQuery(SELECT + """
                         WHERE d.workspace_id IN (SELECT id FROM events.workspace WHERE organization_id = :organization)
                           AND d.status IN ('retrying', 'failed')
                         ORDER BY d.id DESC LIMIT :limit
                        """)
                .bind("organization", organization)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    private static String condition(String state) {
        return switch (state) {
            case "delivered", "failed", "canceled" -> "d.status = '" + state + "'";
            case "delivering" -> "d.due_at IS NOT NULL AND d.lease_owner IS NOT NULL";
            case "held" -> "d.due_at IS NOT NULL AND d.lease_owner IS NULL AND " + HELD;
            case "pending", "retrying" ->
                "d.due_at IS NOT NULL AND d.lease_owner IS NULL AND d.status = '" + state + "' AND NOT " + HELD;
            default -> throw new IllegalArgumentException("No state of a delivery: " + state);
        };
    }

    /** The attempts of a delivery that it counts, the first one first: another may have ended since it was read. */
    static List<DeliveryRecord.Attempt> attempts(Handle handle, DeliveryRecord delivery) {
        return handle.createQuery("""
                        SELECT number, trigger, started_at, duration_ms, response_status, response_headers,
                               response_body, error_code
                        FROM events.attempt WHERE delivery_id = :delivery AND number <= :count ORDER BY number
                        """)
                .bind("delivery", delivery.id())
                .bind("count", delivery.attemptCount())
                .map((row, context) -> new DeliveryRecord.Attempt(
                        row.getInt("number"),
                        row.getString("trigger"),
                        instant(row, "started_at"),
                        row.getInt("duration_ms"),
                        row.getObject("response_status", Integer.class),
                        row.getString("response_headers"),
                        row.getString("response_body"),
                        row.getString("error_code")))
                .list();
    }

    /**
     * Whether a webhook exists and is active. It stays so until the transaction ends.
     */
    static boolean lockActive(Handle handle, UUID webhookId) {
        return handle.createQuery("""
                        SELECT 1 FROM events.webhook
                        WHERE id = :webhook AND status = 'active' AND deleted_at IS NULL FOR SHARE
                        """)
                .bind("webhook", webhookId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Whether the event of a delivery is still kept. */
    static boolean hasEvent(Handle handle, UUID eventId) {
        return handle.createQuery("SELECT 1 FROM events.event WHERE id = :event")
                .bind("event", eventId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Starts ended deliveries once more, with a new schedule; returns how many of them had ended. */
    static int replay(Handle handle, List<UUID> ids, Instant now) {
        return handle.createUpdate("""
                        UPDATE events.delivery
                        SET status = 'pending', due_at = :now, next_trigger = 'replay', schedule_step = 1,
                            gives_up_at = :now + interval '72 hours'
                        WHERE id = ANY(:ids) AND due_at IS NULL AND lease_owner IS NULL
                        """)
                .bindArray("ids", UUID.class, ids)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static DeliveryRecord read(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime due = row.getObject("due_at", OffsetDateTime.class);
        return new DeliveryRecord(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                row.getObject("webhook_id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("event_type"),
                row.getString("state"),
                row.getInt("attempt_count"),
                due == null ? null : due.toInstant(),
                instant(row, "created_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
