package dev.breakwater.registry.activity;

import dev.breakwater.registry.listing.Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** How many pushes and pulls there were, hour by hour. */
public final class PulseStore {

    private PulseStore() {}

    /**
     * The pulls since a time, by hour; nothing for hours without any.
     *
     * @param projects of which, as a condition on the alias {@code p}
     */
    public static Map<Instant, Long> pulls(Handle handle, Condition projects, Instant since) {
        return read(projects.bind(handle.createQuery("SELECT h.hour, sum(h.pulls) AS count FROM registry.pull_hour h"
                        + " JOIN registry.repository r ON r.id = h.repository_id"
                        + " JOIN registry.project p ON p.id = r.project_id"
                        + " WHERE h.hour >= :since" + projects.sql() + " GROUP BY 1"))
                .bind("since", since));
    }

    /**
     * The pushes of some hours, as far as they are in the log; nothing for hours without any. Each hour is counted by
     * itself: to find the hour of every push takes four times as long.
     *
     * @param projects of which, as a condition on the alias {@code p}
     * @param first the beginning of the first hour
     * @param now in the last one
     */
    public static Map<Instant, Long> pushes(Handle handle, Condition projects, Instant first, Instant now) {
        return read(projects.bind(handle.createQuery("""
                        SELECT h.hour, sum(c.pushes) AS count
                        FROM generate_series(CAST(:first AS timestamptz), CAST(:now AS timestamptz),
                                             INTERVAL '1 hour') AS h (hour)
                        CROSS JOIN LATERAL (
                            SELECT a.project_id, count(*) AS pushes FROM registry.activity a
                            WHERE a.operation = 'push' AND a.at >= h.hour AND a.at < h.hour + INTERVAL '1 hour'
                            GROUP BY a.project_id) AS c
                        JOIN registry.project p ON p.id = c.project_id
                        WHERE true""" + projects.sql() + " GROUP BY 1"))
                .bind("first", first)
                .bind("now", now));
    }

    private static Map<Instant, Long> read(Query query) {
        Map<Instant, Long> counts = new HashMap<>();
        query.map((row, context) ->
                        Map.entry(row.getObject("hour", OffsetDateTime.class).toInstant(), row.getLong("count")))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    /** Forgets the pulls before a time. */
    static void forget(Handle handle, Instant before) {
        handle.execute("DELETE FROM registry.pull_hour WHERE hour < ?", before);
    }
}
