package dev.breakwater.registry.forwarding;

import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.activity.LogEntry;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of the entries that wait. */
final class ForwardStore {

    private ForwardStore() {}

    /**
     * Takes the oldest entries that no other server is taking, in their order. They are back when the transaction is
     * undone.
     */
    static List<LogEntry> take(Handle handle, int most) {
        return handle.createQuery("""
                        WITH taken AS (
                            DELETE FROM registry.activity_forward WHERE id IN (
                                SELECT id FROM registry.activity_forward ORDER BY id LIMIT :most
                                FOR UPDATE SKIP LOCKED)
                            RETURNING *)
                        SELECT id, at, username, operation, resource_type, resource, succeeded, description
                        FROM taken ORDER BY id
                        """)
                .bind("most", most)
                .map((row, context) -> ActivityStore.entry(row))
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
