package dev.breakwater.events.paging;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cursors are ids of items and still end after 24 hours: a small record of each one handed out says when that was
 * (events.md 5, P5 and P11). The records outlive a restart; only a crash of PostgreSQL itself may lose the last
 * fraction of a second of them, which is the price of not waiting for the disk on every list.
 */
public final class Cursors {

    /** How long a cursor can be used. */
    public static final Duration LIFE = Duration.ofHours(24);

    private final Database database;
    private final TimeSource time;

    /** Cursors kept in this database. */
    public Cursors(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /** The lists that are paged, each with the table of its items and the prefix of their ids. */
    public enum ListKind {
        /** Events of a workspace. */
        EVENTS("event", "evt"),
        /** Webhooks of a workspace. */
        WEBHOOKS("webhook", "wh"),
        /** Deliveries of a workspace. */
        DELIVERIES("delivery", "del");

        private final String table;
        private final String prefix;

        ListKind(String table, String prefix) {
            this.table = table;
            this.prefix = prefix;
        }

        /** The prefix of the ids of its items. */
        public String prefix() {
            return prefix;
        }
    }

    /**
     * Where the next page starts: only items older than this one. Empty for the first page.
     *
     * @throws Failure.Invalid when the cursor is unknown in this list, foreign, or expired
     */
    public Optional<UUID> position(ListKind list, UUID workspaceId, ListRequest page) {
        return page.startingAfter().map(text -> position(list, workspaceId, text));
    }

    private UUID position(ListKind list, UUID workspaceId, String text) {
        UUID id = Ids.parse(list.prefix(), text).orElseThrow(() -> unknown(text));
        Instant oldest = time.instant().minus(LIFE);
        return database.connect(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT i.created_at, c.handed_out_at
                    FROM events.%s i
                    LEFT JOIN events.cursor c ON c.workspace_id = i.workspace_id AND c.list = ? AND c.item_id = i.id
                    WHERE i.workspace_id = ? AND i.id = ?
                    """.formatted(list.table))) {
                select.setString(1, list.table);
                select.setObject(2, workspaceId);
                select.setObject(3, id);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw unknown(text);
                    }
                    if (!since(row, 1, oldest) && !since(row, 2, oldest)) {
                        throw new Failure.Invalid("starting_after", "Cursor expired. Start a new pagination sequence.");
                    }
                }
            }
            return id;
        });
    }

    private static boolean since(ResultSet row, int column, Instant oldest) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at != null && at.toInstant().isAfter(oldest);
    }

    private static Failure.Invalid unknown(String text) {
        String shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
        return new Failure.Invalid("starting_after", "Invalid cursor: %s.".formatted(shown));
    }

    /** Remembers that the last item of a page was handed out as a cursor now. */
    public void handOut(ListKind list, UUID workspaceId, Optional<UUID> last) {
        last.ifPresent(id -> database.connect(connection -> {
            remember(connection, list, workspaceId, id);
            return id;
        }));
    }

    private void remember(Connection connection, ListKind list, UUID workspaceId, UUID id) throws SQLException {
        // The setting holds for the transaction of this statement alone: one round trip instead of four.
        try (PreparedStatement upsert = connection.prepareStatement("""
                        INSERT INTO events.cursor (workspace_id, list, item_id, handed_out_at)
                        SELECT ?, ?, ?, ? FROM set_config('synchronous_commit', 'off', true)
                        ON CONFLICT (workspace_id, list, item_id) DO UPDATE SET handed_out_at = excluded.handed_out_at
                        """)) {
            upsert.setObject(1, workspaceId);
            upsert.setString(2, list.table);
            upsert.setObject(3, id);
            upsert.setObject(4, time.instant().atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        }
    }

    /** Forgets the records of cursors that can no longer be used; returns how many those were. */
    public int sweep() {
        OffsetDateTime oldest = time.instant().minus(LIFE).atOffset(ZoneOffset.UTC);
        return database.connect(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM events.cursor WHERE handed_out_at <= ?")) {
                delete.setObject(1, oldest);
                return delete.executeUpdate();
            }
        });
    }
}
