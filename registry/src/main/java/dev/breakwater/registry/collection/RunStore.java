package dev.breakwater.registry.collection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The tables of collections and their logs. */
final class RunStore {

    private static final RowMapper<CollectionRun> RUN = ConstructorMapper.of(CollectionRun.class);
    private static final String SELECT = "SELECT id, trigger, delete_untagged, dry_run, workers, status, stopping,"
            + " created_at, updated_at, manifests, blobs, bytes FROM registry.collection_run";
    private static final String GOING = "status IN ('Pending', 'Running')";

    private RunStore() {}

    /** Adds a run; empty when one is going on. */
    static Optional<Long> insert(Handle handle, String trigger, CollectionRun.Parameters parameters, Instant now) {
        return handle.createQuery("""
                        INSERT INTO registry.collection_run
                            (trigger, delete_untagged, dry_run, workers, status, created_at, updated_at)
                        SELECT :trigger, :deleteUntagged, :dryRun, :workers, 'Pending', :now, :now
                        WHERE NOT EXISTS (SELECT FROM registry.collection_run WHERE status IN ('Pending', 'Running'))
                        ON CONFLICT DO NOTHING RETURNING id
                        """)
                .bind("trigger", trigger)
                .bindMethods(parameters)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
    }

    static Optional<CollectionRun> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(RUN)
                .findOne();
    }

    static List<CollectionRun> list(Handle handle, long offset, int limit) {
        return handle.createQuery(SELECT + " ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .bind("limit", limit)
                .bind("offset", offset)
                .map(RUN)
                .list();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM registry.collection_run")
                .mapTo(Long.class)
                .one();
    }

    /** The run that is going on, from now on at work; what a dry run had counted is forgotten. */
    static Optional<CollectionRun> take(Handle handle, Instant now) {
        handle.createUpdate("UPDATE registry.collection_run SET status = 'Running', updated_at = :now,"
                        + " manifests = CASE WHEN dry_run THEN 0 ELSE manifests END,"
                        + " blobs = CASE WHEN dry_run THEN 0 ELSE blobs END,"
                        + " bytes = CASE WHEN dry_run THEN 0 ELSE bytes END WHERE " + GOING)
                .bind("now", now)
                .execute();
        return handle.createQuery(SELECT + " WHERE " + GOING).map(RUN).findOne();
    }

    /** Whether a run is going on or waits. */
    static boolean isAny(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.collection_run WHERE " + GOING + ")")
                .mapTo(boolean.class)
                .one();
    }

    /** Adds what was freed; whether the run may go on. */
    static boolean progress(Handle handle, long id, Freed freed, Instant now) {
        return handle.createQuery("WITH u AS (UPDATE registry.collection_run SET updated_at = :now,"
                        + " manifests = manifests + :manifests, blobs = blobs + :blobs, bytes = bytes + :bytes"
                        + " WHERE id = :id RETURNING stopping) SELECT NOT stopping FROM u")
                .bind("now", now)
                .bind("id", id)
                .bindMethods(freed)
                .mapTo(boolean.class)
                .findOne()
                .orElse(false);
    }

    static void setStatus(Handle handle, long id, String status, Instant now) {
        handle.execute("UPDATE registry.collection_run SET status = ?, updated_at = ? WHERE id = ?", status, now, id);
    }

    /** Asks a run to end, if it is going on. */
    static void stop(Handle handle, long id) {
        handle.execute("UPDATE registry.collection_run SET stopping = true WHERE id = ? AND " + GOING, id);
    }

    static void log(Handle handle, long id, String line, Instant now) {
        handle.execute("INSERT INTO registry.collection_log (run_id, at, line) VALUES (?, ?, ?)", id, now, line);
    }

    /** A line of a log. */
    record Line(Instant at, String line) {}

    static List<Line> lines(Handle handle, long id) {
        return handle.createQuery("SELECT at, line FROM registry.collection_log WHERE run_id = :id ORDER BY id")
                .bind("id", id)
                .map((row, context) ->
                        new Line(row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("line")))
                .list();
    }

    /** Forgets the oldest runs beyond a number that is kept. */
    static void keep(Handle handle, int kept) {
        handle.execute(
                "DELETE FROM registry.collection_run WHERE NOT (" + GOING + ") AND id <= ("
                        + "SELECT id FROM registry.collection_run ORDER BY id DESC OFFSET ? LIMIT 1)",
                kept);
    }
}
