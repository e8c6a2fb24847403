package dev.breakwater.registry.purge;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What purges do to the table of activities. */
final class PurgeStore {

    private static final String OLD = " FROM registry.activity a WHERE a.at < :before"
            + " AND registry.event_type(a.operation, a.resource_type) = ANY (:types)";

    private PurgeStore() {}

    /** Counts the entries that are old enough. */
    static long countOld(Handle handle, Instant before, List<String> types) {
        return handle.createQuery("SELECT count(*)" + OLD)
                .bind("before", before)
                .bindArray("types", String.class, types)
                .mapTo(Long.class)
                .one();
    }

    /** Deletes some of the entries that are old enough, and tells how many. */
    static int deleteOld(Handle handle, Instant before, List<String> types, int most) {
        return handle.createUpdate("DELETE FROM registry.activity WHERE id IN (SELECT a.id" + OLD + " LIMIT :most)")
                .bind("before", before)
                .bindArray("types", String.class, types)
                .bind("most", most)
                .execute();
    }
}
