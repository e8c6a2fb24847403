package dev.breakwater.events.delivery;

import dev.breakwater.events.event.Event;
import dev.breakwater.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL by which nodes take deliveries from the table, and write what became of them. */
final class QueueSql {

    /** The channel on which nodes tell each other that there may be work. */
    static final String CHANNEL = "delivery_work";

    /** Skips from endpoint to endpoint in the index: the cost follows their number, not that of their deliveries. */
    private static final String OPEN = """
            WITH RECURSIVE lane AS (
                (SELECT webhook_id, due_at FROM events.delivery
                 WHERE due_at IS NOT NULL AND lease_owner IS NULL
                 ORDER BY webhook_id, due_at, id LIMIT 1)
                UNION ALL
                SELECT n.webhook_id, n.due_at FROM lane l CROSS JOIN LATERAL (
                    SELECT d.webhook_id, d.due_at FROM events.delivery d
                    WHERE d.webhook_id > l.webhook_id AND d.due_at IS NOT NULL AND d.lease_owner IS NULL
                    ORDER BY d.webhook_id, d.due_at, d.id LIMIT 1
                ) n
            )
            SELECT l.webhook_id, l.due_at FROM lane l
            JOIN events.webhook h ON h.id = l.webhook_id AND h.status = 'active' AND h.deleted_at IS NULL
                AND (h.forwarder_node IS NULL OR h.forwarder_node = ?)
            JOIN events.workspace w ON w.id = h.workspace_id AND w.status = 'active'
            """;

    private static final String CLAIM = """
            WITH picked AS MATERIALIZED (
                SELECT d.id FROM unnest(?::uuid[], ?::integer[]) AS wanted(webhook_id, room)
                CROSS JOIN LATERAL (
                    SELECT id FROM events.delivery
                    WHERE webhook_id = wanted.webhook_id AND due_at <= ? AND due_at IS NOT NULL AND lease_owner IS NULL
                    ORDER BY due_at, id LIMIT wanted.room
                    FOR UPDATE SKIP LOCKED
                ) d
            ),
            taken AS (
                UPDATE events.delivery d SET lease_owner = ? FROM picked WHERE d.id = picked.id
                RETURNING d.id, d.webhook_id, d.workspace_id, d.event_id, d.due_at, d.created_at, d.attempt_count,
                          d.schedule_step, d.next_trigger
            )
            SELECT t.id, t.webhook_id, t.workspace_id, t.event_id, t.created_at, t.attempt_count, t.schedule_step,
                   t.next_trigger, e.type, e.payload, e.created_at
            FROM taken t JOIN events.event e ON e.id = t.event_id
            ORDER BY t.due_at, t.id
            """;

    /**
     * Only what is still leased to this node changes. Whether there is a next attempt is decided here, because the
     * end of the 72 hours may have moved while the attempt was under way, and the delivery may have been canceled.
     */
    private static final String RECORD = """
            WITH outcome AS MATERIALIZED (
                SELECT o.*, timestamptz 'epoch' + o.start_micros * interval '1 microsecond' AS started_at,
                       timestamptz 'epoch' + o.due_micros * interval '1 microsecond' AS next_due
                FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::integer[], ?::integer[], ?::text[], ?::text[],
                            ?::text[], ?::bigint[])
                    AS o(id, trigger, start_micros, duration_ms, response_status, response_headers, response_body,
                         error_code, due_micros)
            ),
            decided AS (
                SELECT d.id, o.started_at,
                       COALESCE(d.gives_up_at, o.started_at + interval '72 hours') AS gives_up_at,
                       CASE WHEN o.error_code IS NULL THEN 'delivered'
                            WHEN d.status = 'canceled' THEN 'canceled'
                            WHEN o.next_due <= COALESCE(d.gives_up_at, o.started_at + interval '72 hours')
                                THEN 'retrying'
                            ELSE 'failed' END AS status,
                       o.next_due
                FROM outcome o JOIN events.delivery d ON d.id = o.id
                WHERE d.lease_owner = ?
                FOR UPDATE OF d
            ),
            done AS (
                UPDATE events.delivery d
                SET status = c.status, attempt_count = d.attempt_count + 1, schedule_step = d.schedule_step + 1,
                    next_trigger = 'automatic', lease_owner = NULL, gives_up_at = c.gives_up_at,
                    due_at = CASE WHEN c.status = 'retrying' THEN c.next_due END
                FROM decided c WHERE d.id = c.id
                RETURNING d.id, d.webhook_id, d.status, d.attempt_count, d.due_at
            ),
            logged AS (
                INSERT INTO events.attempt (delivery_id, number, trigger, started_at, duration_ms, response_status,
                                            response_headers, response_body, error_code)
                SELECT o.id, done.attempt_count, o.trigger, o.started_at, o.duration_ms, o.response_status,
                       o.response_headers, o.response_body, o.error_code
                FROM outcome o JOIN done ON done.id = o.id
            )
            SELECT id, status, due_at FROM done
            """;

    private static final String RELEASE =
            "UPDATE events.delivery SET lease_owner = NULL WHERE id = ANY(?) AND lease_owner = ?";

    private static final String OWNERS = """
            WITH RECURSIVE owner AS (
                (SELECT lease_owner AS id FROM events.delivery WHERE lease_owner IS NOT NULL
                 ORDER BY lease_owner LIMIT 1)
                UNION ALL
                SELECT n.lease_owner FROM owner o CROSS JOIN LATERAL (
                    SELECT lease_owner FROM events.delivery WHERE lease_owner > o.id
                    ORDER BY lease_owner LIMIT 1
                ) n
            )
            SELECT id FROM owner
            """;

    private static final String RELEASE_SOME = """
            UPDATE events.delivery SET lease_owner = NULL WHERE id IN (
                SELECT id FROM events.delivery WHERE lease_owner = ? LIMIT 5000 FOR UPDATE SKIP LOCKED)
            """;

    private static final String LEASED = "SELECT id FROM events.delivery WHERE lease_owner = ?";

    /** A disabled endpoint's deliveries end with their 72 hours, although nobody attempts them any more. */
    private static final String EXPIRE = """
            UPDATE events.delivery SET status = 'failed', due_at = NULL WHERE id IN (
                SELECT d.id FROM events.webhook h JOIN events.delivery d ON d.webhook_id = h.id
                WHERE h.status = 'disabled' AND h.deleted_at IS NULL
                  AND d.due_at IS NOT NULL AND d.lease_owner IS NULL
                  AND COALESCE(d.gives_up_at, d.created_at + interval '72 hours') <= ?
                LIMIT 5000)
            """;

    /** A delivery that was stored in the moment in which its endpoint was deleted or its workspace archived. */
    private static final String CANCEL = """
            UPDATE events.delivery SET status = 'canceled', due_at = NULL WHERE id IN (
                SELECT d.id FROM events.webhook h JOIN events.workspace w ON w.id = h.workspace_id
                JOIN events.delivery d ON d.webhook_id = h.id
                WHERE (h.deleted_at IS NOT NULL OR w.status = 'archived')
                  AND d.due_at IS NOT NULL AND d.lease_owner IS NULL
                LIMIT 5000)
            """;

    private static final String DEPTHS = """
            SELECT CASE WHEN h.status = 'disabled' OR w.status <> 'active' THEN 'held' ELSE d.status END AS state, d.n
            FROM (SELECT webhook_id, status, count(*) AS n FROM events.delivery
                  WHERE due_at IS NOT NULL AND lease_owner IS NULL GROUP BY webhook_id, status) d
            JOIN events.webhook h ON h.id = d.webhook_id
            JOIN events.workspace w ON w.id = h.workspace_id
            UNION ALL
            SELECT 'delivering', count(*) FROM events.delivery WHERE lease_owner IS NOT NULL
            """;

    private QueueSql() {}

    /**
     * An endpoint with deliveries that any node may take.
     *
     * @param webhookId the endpoint, active and in an active workspace
     * @param dueAt when the first of them is due
     */
    record Open(UUID webhookId, Instant dueAt) {}

    /** All endpoints with deliveries that this node may take, now or later. */
    static List<Open> open(Connection connection, UUID node) throws SQLException {
        List<Open> open = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OPEN)) {
            select.setObject(1, node);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    open.add(new Open(row.getObject(1, UUID.class), instant(row, 2)));
                }
            }
        }
        return open;
    }

    /** Takes deliveries that are due, for each endpoint at most as many as there is room for. */
    static List<Work> claim(Connection connection, Map<UUID, Integer> rooms, Instant now, UUID node)
            throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setArray(1, connection.createArrayOf("uuid", rooms.keySet().toArray()));
            claim.setArray(2, connection.createArrayOf("integer", rooms.values().toArray()));
            claim.setObject(3, utc(now));
            claim.setObject(4, node);
            List<Work> claimed = new ArrayList<>();
            try (ResultSet row = claim.executeQuery()) {
                while (row.next()) {
                    claimed.add(work(row));
                }
            }
            return claimed;
        }
    }

    private static Work work(ResultSet row) throws SQLException {
        Event event = new Event(
                row.getObject(4, UUID.class),
                row.getObject(3, UUID.class),
                row.getString(9),
                row.getString(10).getBytes(StandardCharsets.UTF_8),
                instant(row, 11));
        return new Work(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                event,
                instant(row, 5),
                row.getInt(6),
                row.getInt(7),
                Trigger.valueOf(row.getString(8).toUpperCase(Locale.ROOT)));
    }

    /**
     * What the table says after an outcome was written.
     *
     * @param id the delivery
     * @param status its new status
     * @param dueAt when it is due again; null when it is not
     */
    record Recorded(UUID id, String status, @Nullable Instant dueAt) {}

    /** Writes attempts and what they mean for their deliveries, in one statement and one commit. */
    static List<Recorded> record(Connection connection, List<Outcome> outcomes, UUID node) throws SQLException {
        int n = outcomes.size();
        UUID[] ids = new UUID[n];
        String[] triggers = new String[n];
        long[] starts = new long[n];
        int[] durations = new int[n];
        @Nullable Integer[] statuses = new @Nullable Integer[n];
        @Nullable String[] headers = new @Nullable String[n];
        @Nullable String[] bodies = new @Nullable String[n];
        @Nullable String[] errors = new @Nullable String[n];
        @Nullable Long[] due = new @Nullable Long[n];
        for (int i = 0; i < n; i++) {
            Outcome outcome = outcomes.get(i);
            ids[i] = outcome.work().id();
            triggers[i] = outcome.work().trigger().wire();
            starts[i] = micros(outcome.startedAt());
            durations[i] = (int) Math.min(Integer.MAX_VALUE, outcome.duration().toMillis());
            errors[i] = outcome.reply().error().map(ErrorCode::code).orElse(null);
            due[i] = outcome.nextDue() == null ? null : micros(outcome.nextDue());
            if (outcome.reply() instanceof Reply.Response response) {
                statuses[i] = response.status();
                headers[i] = new String(Json.write(response.headers()), StandardCharsets.UTF_8);
                bodies[i] = response.body();
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            statement.setArray(2, connection.createArrayOf("text", triggers));
            statement.setObject(3, starts);
            statement.setObject(4, durations);
            statement.setArray(5, connection.createArrayOf("integer", statuses));
            statement.setArray(6, connection.createArrayOf("text", headers));
            statement.setArray(7, connection.createArrayOf("text", bodies));
            statement.setArray(8, connection.createArrayOf("text", errors));
            statement.setArray(9, connection.createArrayOf("bigint", due));
            statement.setObject(10, node);
            List<Recorded> recorded = new ArrayList<>(n);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    @Nullable OffsetDateTime dueAt = row.getObject(3, OffsetDateTime.class);
                    recorded.add(new Recorded(
                            row.getObject(1, UUID.class), row.getString(2), dueAt == null ? null : dueAt.toInstant()));
                }
            }
            return recorded;
        }
    }

    /** Gives deliveries of this node back to all nodes. */
    static int release(Connection connection, Collection<UUID> ids, UUID node) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RELEASE)) {
            update.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            update.setObject(2, node);
            return update.executeUpdate();
        }
    }

    /** The nodes that have deliveries. */
    static List<UUID> owners(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OWNERS)) {
            return ids(select);
        }
    }

    /** Gives some of the deliveries of a node back to all nodes; returns how many, 0 when there are none left. */
    static int releaseSome(Connection connection, UUID node) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RELEASE_SOME)) {
            update.setObject(1, node);
            return update.executeUpdate();
        }
    }

    /** The deliveries that a node has. */
    static List<UUID> leased(Connection connection, UUID node) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LEASED)) {
            select.setObject(1, node);
            return ids(select);
        }
    }

    /** Ends some deliveries that nobody will attempt any more; returns how many. */
    static int expire(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement fail = connection.prepareStatement(EXPIRE);
                PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
            fail.setObject(1, utc(now));
            return fail.executeUpdate() + cancel.executeUpdate();
        }
    }

    /** How many deliveries there are in each state that is no end. */
    static Map<String, Long> depths(Connection connection) throws SQLException {
        Map<String, Long> depths = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(DEPTHS);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                depths.merge(row.getString(1), row.getLong(2), Long::sum);
            }
        }
        return depths;
    }

    /** Tells all nodes, when the transaction commits, that there may be work. */
    static void wakeNodes(Handle handle) {
        handle.createQuery("SELECT pg_notify(:channel, '')")
                .bind("channel", CHANNEL)
                .map((row, context) -> "")
                .one();
    }

    private static List<UUID> ids(PreparedStatement select) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
