package dev.breakwater.registry.run;

import dev.breakwater.kernel.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import tools.jackson.core.type.TypeReference;

/** The tables of runs and their logs; it sees the runs of one kind. */
final class RunStore<P> {

    private static final String COLUMNS = "id, trigger, parameters, status, stopping, counts, created_at, updated_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM registry.run WHERE kind = :kind";
    private static final String GOING = "status IN ('Pending', 'Running')";
    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private final String kind;
    private final Class<P> parameters;
    private final RowMapper<Run<P>> mapper = (row, context) -> run(row);

    RunStore(String kind, Class<P> parameters) {
        this.kind = kind;
        this.parameters = parameters;
    }

    private Run<P> run(ResultSet row) throws SQLException {
        return new Run<>(
                row.getLong("id"),
                row.getString("trigger"),
                Json.mapper().readValue(row.getString("parameters"), parameters),
                row.getString("status"),
                row.getBoolean("stopping"),
                Json.mapper().readValue(row.getString("counts"), COUNTS),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    /** Adds a run; empty when it would be alone and another is going on. */
    Optional<Long> insert(Handle handle, boolean alone, String trigger, P wanted, Instant now) {
        return handle.createQuery("""
                        INSERT INTO registry.run (kind, alone, trigger, parameters, status, created_at, updated_at)
                        VALUES (:kind, :alone, :trigger, CAST(:parameters AS jsonb), 'Pending', :now, :now)
                        ON CONFLICT DO NOTHING RETURNING id
                        """)
                .bind("kind", kind)
                .bind("alone", alone)
                .bind("trigger", trigger)
                .bind("parameters", Json.mapper().writeValueAsString(wanted))
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
    }

    Optional<Run<P>> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " AND id = :id")
                .bind("kind", kind)
                .bind("id", id)
                .map(mapper)
                .findOne();
    }

    List<Run<P>> list(Handle handle, long before, long offset, int limit) {
        return handle.createQuery(SELECT + " AND id < :before ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .bind("kind", kind)
                .bind("before", before)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(mapper)
                .list();
    }

    long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM registry.run WHERE kind = :kind")
                .bind("kind", kind)
                .mapTo(Long.class)
                .one();
    }

    /** The oldest run that is going on or waits, from now on at work; what a dry run had counted is forgotten. */
    Optional<Run<P>> take(Handle handle, Instant now) {
        return handle.createQuery("UPDATE registry.run SET status = 'Running', updated_at = :now, counts ="
                        + " CASE WHEN parameters @> '{\"dry_run\": true}' THEN '{}' ELSE counts END"
                        + " WHERE id = (SELECT id FROM registry.run WHERE kind = :kind AND " + GOING
                        + " ORDER BY id LIMIT 1) RETURNING " + COLUMNS)
                .bind("kind", kind)
                .bind("now", now)
                .map(mapper)
                .findOne();
    }

    /** Whether a run is going on or waits. */
    boolean isAny(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.run WHERE kind = :kind AND " + GOING + ")")
                .bind("kind", kind)
                .mapTo(boolean.class)
                .one();
    }

    /** Asks a run to end, if it is going on. */
    void stop(Handle handle, long id) {
        handle.execute("UPDATE registry.run SET stopping = true WHERE kind = ? AND id = ? AND " + GOING, kind, id);
    }

    /** Forgets the oldest runs beyond a number that is kept. */
    void keep(Handle handle, int kept) {
        handle.execute(
                "DELETE FROM registry.run WHERE kind = ? AND NOT (" + GOING + ") AND id <= ("
                        + "SELECT id FROM registry.run WHERE kind = ? ORDER BY id DESC OFFSET ? LIMIT 1)",
                kind,
                kind,
                kept);
    }

    /** Adds to the counts of a run; whether it may go on. */
    static boolean progress(Handle handle, long id, Map<String, Long> counts, Instant now) {
        return handle.createQuery("""
                        UPDATE registry.run SET updated_at = :now, counts = counts || (
                            SELECT coalesce(jsonb_object_agg(key, coalesce(CAST(counts ->> key AS bigint), 0)
                                + CAST(value AS bigint)), '{}')
                            FROM jsonb_each_text(CAST(:counts AS jsonb)))
                        WHERE id = :id RETURNING NOT stopping
                        """)
                .bind("id", id)
                .bind("counts", Json.mapper().writeValueAsString(counts))
                .bind("now", now)
                .mapTo(boolean.class)
                .findOne()
                .orElse(false);
    }

    static void setStatus(Handle handle, long id, String status, Instant now) {
        handle.execute("UPDATE registry.run SET status = ?, updated_at = ? WHERE id = ?", status, now, id);
    }

    static void log(Handle handle, long id, String line, Instant now) {
        handle.execute("INSERT INTO registry.run_log (run_id, at, line) VALUES (?, ?, ?)", id, now, line);
    }

    /** A line of a log. */
    record Line(Instant at, String line) {}

    static List<Line> lines(Handle handle, long id) {
        return handle.createQuery("SELECT at, line FROM registry.run_log WHERE run_id = :id ORDER BY id")
                .bind("id", id)
                .map((row, context) ->
                        new Line(row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("line")))
                .list();
    }
}
