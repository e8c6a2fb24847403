package dev.breakwater.registry.purge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The table of purges, and what they do to the table of activities. */
final class PurgeStore {

    private static final RowMapper<Purge> PURGE = ConstructorMapper.of(Purge.class);
    private static final String SELECT = "SELECT id, trigger, retention_hours, event_types, dry_run, status, stopping,"
            + " purged, created_at, updated_at FROM registry.purge_run";
    private static final String GOING = "status IN ('Pending', 'Running')";
    private static final String OLD = " FROM registry.activity a WHERE a.at < :before"
            + " AND registry.event_type(a.operation, a.resource_type) = ANY (:types)";

    private PurgeStore() {}

    static long insert(Handle handle, String trigger, Purge.Parameters parameters, Instant now) {
        return handle.createQuery("INSERT INTO registry.purge_run"
                        + " (trigger, retention_hours, event_types, dry_run, status, created_at, updated_at)"
                        + " VALUES (:trigger, :retentionHours, :eventTypes, :dryRun, 'Pending', :now, :now)"
                        + " RETURNING id")
                .bind("trigger", trigger)
                .bindMethods(parameters)
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    static Optional<Purge> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(PURGE)
                .findOne();
    }

    static List<Purge> list(Handle handle, long offset, int limit) {
        return handle.createQuery(SELECT + " ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .bind("limit", limit)
                .bind("offset", offset)
                .map(PURGE)
                .list();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM registry.purge_run")
                .mapTo(Long.class)
                .one();
    }

    /** The oldest that is going on or waits, from now on at work. */
    static Optional<Purge> take(Handle handle, Instant now) {
        Optional<Purge> next = handle.createQuery(SELECT + " WHERE " + GOING + " ORDER BY id LIMIT 1")
                .map(PURGE)
                .findOne();
        next.ifPresent(purge -> setStatus(handle, purge.id(), "Running", now));
        return next;
    }

    /** Whether a purge is going on or waits. */
    static boolean isAny(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.purge_run WHERE " + GOING + ")")
                .mapTo(boolean.class)
                .one();
    }

    /** Adds what was purged; whether the purge may go on. */
    static boolean progress(Handle handle, long id, long purged, Instant now) {
        return handle.createQuery("WITH u AS (UPDATE registry.purge_run SET purged = purged + :purged,"
                        + " updated_at = :now WHERE id = :id RETURNING stopping) SELECT NOT stopping FROM u")
                .bind("purged", purged)
                .bind("now", now)
                .bind("id", id)
                .mapTo(boolean.class)
                .findOne()
                .orElse(false);
    }

    static void setStatus(Handle handle, long id, String status, Instant now) {
        handle.execute("UPDATE registry.purge_run SET status = ?, updated_at = ? WHERE id = ?", status, now, id);
    }

    /** Asks a purge to end, if it is going on. */
    static void stop(Handle handle, long id) {
        handle.execute("UPDATE registry.purge_run SET stopping = true WHERE id = ? AND " + GOING, id);
    }

    /** Forgets the oldest purges beyond a number that is kept. */
    static void keep(Handle handle, int kept) {
        handle.execute(
                "DELETE FROM registry.purge_run WHERE NOT (" + GOING + ") AND id <= ("
                        + "SELECT id FROM registry.purge_run ORDER BY id DESC OFFSET ? LIMIT 1)",
                kept);
    }

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
