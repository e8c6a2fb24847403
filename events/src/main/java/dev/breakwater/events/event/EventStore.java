package dev.breakwater.events.event;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of reading events. Writing them is the group commit's. */
public final class EventStore {

    private static final String COLUMNS = "e.id, e.workspace_id, e.type, e.payload, e.created_at";

    private EventStore() {}

    /** One event, whoever owns it. */
    public static Optional<Event> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM events.event e WHERE e.id = ?")) {
            select.setObject(1, id);
            List<Event> found = read(select);
            return found.stream().findFirst();
        }
    }

    /** The newest events of a workspace that fit the filter, at most {@code limit}. */
    static List<Event> list(Connection connection, UUID workspaceId, EventFilter filter, int limit)
            throws SQLException {
        if (filter.types().isEmpty()) {
            return newest(connection, workspaceId, filter, limit);
        }
        return newestOfTypes(connection, workspaceId, filter, typesOf(connection, workspaceId, filter), limit);
    }

    private static List<Event> newest(Connection connection, UUID workspaceId, EventFilter filter, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM events.event e WHERE e.workspace_id = ? AND e.id >= ? AND e.id < ?"
                + " ORDER BY e.id DESC LIMIT ?")) {
            select.setObject(1, workspaceId);
            select.setObject(2, filter.from());
            select.setObject(3, filter.before());
            select.setInt(4, limit);
            return read(select);
        }
    }

    /**
     * Takes the newest of each type from the index and then the newest of those: the cost follows the number of
     * types, not the number of events that do not fit.
     */
    private static List<Event> newestOfTypes(
            Connection connection, UUID workspaceId, EventFilter filter, List<String> types, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT %s FROM unnest(?::text[]) AS t(type)
                CROSS JOIN LATERAL (
                    SELECT * FROM events.event i
                    WHERE i.workspace_id = ? AND i.type = t.type COLLATE "C" AND i.id >= ? AND i.id < ?
                    ORDER BY i.id DESC LIMIT ?
                ) e
                ORDER BY e.id DESC LIMIT ?
                """.formatted(COLUMNS))) {
            select.setArray(1, connection.createArrayOf("text", types.toArray()));
            select.setObject(2, workspaceId);
            select.setObject(3, filter.from());
            select.setObject(4, filter.before());
            select.setInt(5, limit);
            select.setInt(6, limit);
            return read(select);
        }
    }

    /** The types in use that the filter selects: skips from type to type in the index. */
    private static List<String> typesOf(Connection connection, UUID workspaceId, EventFilter filter)
            throws SQLException {
        List<String> types = new ArrayList<>(filter.exactTypes());
        for (String prefix : filter.typePrefixes()) {
            try (PreparedStatement select = connection.prepareStatement("""
                    WITH RECURSIVE used(type) AS (
                        (SELECT type FROM events.event
                         WHERE workspace_id = ? AND type >= ? COLLATE "C" AND type < ? COLLATE "C"
                         ORDER BY type LIMIT 1)
                        UNION ALL
                        SELECT (SELECT e.type FROM events.event e
                                WHERE e.workspace_id = ? AND e.type > used.type AND e.type < ? COLLATE "C"
                                ORDER BY e.type LIMIT 1)
                        FROM used WHERE used.type IS NOT NULL
                    )
                    SELECT type FROM used WHERE type IS NOT NULL
                    """)) {
                String end = prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
                select.setObject(1, workspaceId);
                select.setString(2, prefix);
                select.setString(3, end);
                select.setObject(4, workspaceId);
                select.setString(5, end);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        types.add(row.getString(1));
                    }
                }
            }
        }
        return types.stream().distinct().toList();
    }

    private static List<Event> read(PreparedStatement select) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                events.add(new Event(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4).getBytes(StandardCharsets.UTF_8),
                        row.getObject(5, OffsetDateTime.class).toInstant()));
            }
        }
        return events;
    }
}
