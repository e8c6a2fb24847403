package dev.breakwater.registry.forwarding;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of the entries that wait. */
final class ForwardStore {

    private ForwardStore() {}

    /**
     * Takes the oldest entries that no other server is taking, in their order. They are back when the transaction is
     * undone.
     */
    static List<Entry> take(Handle handle, int most) {
        return handle.createQuery("""
                        WITH taken AS (
                            DELETE FROM registry.activity_forward WHERE id IN (
                                SELECT id FROM registry.activity_forward ORDER BY id LIMIT :most
                                FOR UPDATE SKIP LOCKED)
                            RETURNING *)
                        SELECT at, username, operation, resource_type, resource, succeeded, description
                        FROM taken ORDER BY id
                        """)
                .bind("most", most)
                .map((row, context) -> new Entry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("username"),
                        row.getString("operation"),
                        row.getString("resource_type"),
                        row.getString("resource"),
                        row.getBoolean("succeeded"),
                        row.getString("description")))
                .list();
    }

    /** Drops some of the entries from before a time, and tells how many. */
    static int forget(Handle handle, Instant before, int most) {
        return handle.createUpdate("DELETE FROM registry.activity_forward WHERE id IN ("
                        + "SELECT id FROM registry.activity_forward WHERE at < :before ORDER BY id LIMIT :most)")
                .bind("before", before)
                .bind("most", most)
                .execute();
    }
}
