package dev.breakwater.events.ingest;

import dev.breakwater.events.event.Event;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of the group commit. One statement, one round trip and one flush to disk store a whole batch: events,
 * idempotency records and deliveries, all or nothing. An event is stored only when its workspace is still active in
 * the version that it was matched against, and only when its idempotency key, if any, is free.
 */
final class BatchSql {

    /**
     * Comparing with IS TRUE keeps the planner from turning the look-ups into joins of lists whose length it cannot
     * know; it hashes them instead.
     */
    private static final String STORE = """
            WITH input AS MATERIALIZED (
                SELECT i.*, timestamptz 'epoch' + i.millis * interval '1 millisecond' AS created_at
                FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::bytea[], ?::bigint[], ?::bigint[],
                            ?::text[], ?::text[], ?::bytea[])
                    AS i(id, workspace_id, type, payload, millis, version, route, key, fingerprint)
                JOIN events.workspace w
                    ON w.id = i.workspace_id AND w.version = i.version AND w.status = 'active'
            ),
            claimed AS (
                INSERT INTO events.idempotency AS held (workspace_id, route, key, fingerprint, event_id, created_at)
                SELECT workspace_id, route, key, fingerprint, id, created_at
                FROM input WHERE key IS NOT NULL ORDER BY workspace_id, route, key
                ON CONFLICT (workspace_id, route, key) DO UPDATE
                    SET fingerprint = excluded.fingerprint, event_id = excluded.event_id,
                        answer = NULL, created_at = excluded.created_at
                    WHERE held.created_at <= ?
                RETURNING event_id
            ),
            stored AS (
                INSERT INTO events.event (id, workspace_id, type, payload, created_at)
                SELECT id, workspace_id, type, convert_from(payload, 'UTF8'), created_at
                FROM input WHERE (key IS NULL OR id IN (SELECT event_id FROM claimed)) IS TRUE
                RETURNING id
            ),
            fanned_out AS (
                INSERT INTO events.delivery
                    (id, workspace_id, webhook_id, event_id, event_type, due_at, lease_owner, created_at)
                SELECT d.id, d.workspace_id, d.webhook_id, d.event_id, d.event_type, d.created_at,
                       CASE WHEN d.leased THEN ?::uuid END, d.created_at
                FROM (
                    SELECT u.*, timestamptz 'epoch' + u.millis * interval '1 millisecond' AS created_at
                    FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::bigint[], ?::boolean[])
                        AS u(id, workspace_id, webhook_id, event_id, event_type, millis, leased)
                ) d
                WHERE (d.event_id IN (SELECT id FROM stored)) IS TRUE
            )
            SELECT id FROM stored
            """;

    private static final String HELD = """
            SELECT i.workspace_id, i.route, i.key, i.fingerprint, e.id, e.type, e.payload, e.created_at
            FROM unnest(?::uuid[], ?::text[], ?::text[]) AS k(workspace_id, route, key)
            JOIN events.idempotency i
                ON i.workspace_id = k.workspace_id AND i.route = k.route AND i.key = k.key
            LEFT JOIN events.event e ON e.id = i.event_id
            WHERE i.created_at > ?
            """;

    private BatchSql() {}

    /** One delivery of the batch. */
    record Fan(UUID id, UUID webhookId, PendingEvent pending, boolean leased) {}

    /** Stores the batch and returns the ids of the events that were stored. */
    static Set<UUID> store(
            Connection connection, List<PendingEvent> batch, List<Fan> fans, UUID node, Instant keysEndBefore)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            int n = batch.size();
            UUID[] ids = new UUID[n];
            UUID[] workspaces = new UUID[n];
            String[] types = new String[n];
            byte[][] payloads = new byte[n][];
            long[] millis = new long[n];
            long[] versions = new long[n];
            @Nullable String[] routes = new @Nullable String[n];
            @Nullable String[] keys = new @Nullable String[n];
            byte[] @Nullable [] fingerprints = new byte[n][];
            for (int i = 0; i < n; i++) {
                PendingEvent each = batch.get(i);
                ids[i] = each.event().id();
                workspaces[i] = each.event().workspaceId();
                types[i] = each.event().type();
                payloads[i] = each.event().payload();
                millis[i] = each.event().createdAt().toEpochMilli();
                versions[i] = each.workspace().workspace().version();
                PendingEvent.@Nullable Key key = each.key();
                routes[i] = key == null ? null : key.route();
                keys[i] = key == null ? null : key.text();
                fingerprints[i] = key == null ? null : key.fingerprint();
            }
            int p = 1;
            statement.setArray(p++, connection.createArrayOf("uuid", ids));
            statement.setArray(p++, connection.createArrayOf("uuid", workspaces));
            statement.setArray(p++, connection.createArrayOf("text", types));
            statement.setArray(p++, connection.createArrayOf("bytea", payloads));
            statement.setObject(p++, millis);
            statement.setObject(p++, versions);
            statement.setArray(p++, connection.createArrayOf("text", routes));
            statement.setArray(p++, connection.createArrayOf("text", keys));
            statement.setArray(p++, connection.createArrayOf("bytea", fingerprints));
            statement.setObject(p++, utc(keysEndBefore));
            statement.setObject(p++, node);
            setFans(connection, statement, p, fans);
            return ids(statement, n);
        }
    }

    private static void setFans(Connection connection, PreparedStatement statement, int first, List<Fan> fans)
            throws SQLException {
        int n = fans.size();
        UUID[] ids = new UUID[n];
        UUID[] workspaces = new UUID[n];
        UUID[] webhooks = new UUID[n];
        UUID[] events = new UUID[n];
        String[] types = new String[n];
        long[] millis = new long[n];
        boolean[] leased = new boolean[n];
        for (int i = 0; i < n; i++) {
            Fan fan = fans.get(i);
            ids[i] = fan.id();
            workspaces[i] = fan.pending().event().workspaceId();
            webhooks[i] = fan.webhookId();
            events[i] = fan.pending().event().id();
            types[i] = fan.pending().event().type();
            millis[i] = fan.pending().event().createdAt().toEpochMilli();
            leased[i] = fan.leased();
        }
        int p = first;
        statement.setArray(p++, connection.createArrayOf("uuid", ids));
        statement.setArray(p++, connection.createArrayOf("uuid", workspaces));
        statement.setArray(p++, connection.createArrayOf("uuid", webhooks));
        statement.setArray(p++, connection.createArrayOf("uuid", events));
        statement.setArray(p++, connection.createArrayOf("text", types));
        statement.setObject(p++, millis);
        statement.setObject(p, leased);
    }

    private static Set<UUID> ids(PreparedStatement statement, int expected) throws SQLException {
        Set<UUID> ids = HashSet.newHashSet(expected);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /** What holds the keys of these requests: the body it stood for, and the event it created. */
    record Held(byte[] fingerprint, @Nullable Event event) {}

    /** Who holds a key. */
    record KeyOf(UUID workspaceId, String route, String key) {
        static KeyOf of(PendingEvent pending, PendingEvent.Key key) {
            return new KeyOf(pending.event().workspaceId(), key.route(), key.text());
        }
    }

    /** The records that hold the given keys and have not expired. */
    static Map<KeyOf, Held> held(Connection connection, List<KeyOf> wanted, Instant keysEndBefore) throws SQLException {
        List<UUID> workspaces = new ArrayList<>();
        List<String> routes = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        wanted.forEach(each -> {
            workspaces.add(each.workspaceId());
            routes.add(each.route());
            keys.add(each.key());
        });
        Map<KeyOf, Held> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(HELD)) {
            select.setArray(1, connection.createArrayOf("uuid", workspaces.toArray()));
            select.setArray(2, connection.createArrayOf("text", routes.toArray()));
            select.setArray(3, connection.createArrayOf("text", keys.toArray()));
            select.setObject(4, utc(keysEndBefore));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    KeyOf key = new KeyOf(row.getObject(1, UUID.class), row.getString(2), row.getString(3));
                    found.put(key, new Held(row.getBytes(4), event(row, key.workspaceId())));
                }
            }
        }
        return found;
    }

    private static @Nullable Event event(ResultSet row, UUID workspaceId) throws SQLException {
        @Nullable UUID id = row.getObject(5, UUID.class);
        return id == null
                ? null
                : new Event(
                        id,
                        workspaceId,
                        row.getString(6),
                        row.getString(7).getBytes(StandardCharsets.UTF_8),
                        row.getObject(8, OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
