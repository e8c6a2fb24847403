package dev.breakwater.registry.activity;

import dev.breakwater.registry.listing.Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How many pushes and pulls there were, hour by hour. */
public final class PulseStore {

    private PulseStore() {}

    /**
     * The pulls since a time, by hour; nothing for hours without any.
     *
     * @param projects of which, as a condition on the alias {@code p}
     */
    public static Map<Instant, Long> pulls(Handle handle, Condition projects, Instant since) {
        return read(
                handle,
                projects,
                since,
                "SELECT h.hour, sum(h.pulls) AS count FROM registry.pull_hour h"
                        + " JOIN registry.repository r ON r.id = h.repository_id JOIN registry.project p ON p.id = r.project_id"
                        + " WHERE h.hour >= :since");
    }

    /**
     * The pushes since a time, by hour, as far as they are in the log; nothing for hours without any.
     *
     * @param projects of which, as a condition on the alias {@code p}
     */
    public static Map<Instant, Long> pushes(Handle handle, Condition projects, Instant since) {
        return read(
                handle,
                projects,
                since,
                "SELECT date_trunc('hour', a.at, 'UTC') AS hour, count(*) AS count FROM registry.activity a"
                        + " JOIN registry.project p ON p.id = a.project_id"
                        + " WHERE a.operation = 'push' AND a.at >= :since");
    }

    private static Map<Instant, Long> read(Handle handle, Condition projects, Instant since, String sql) {
        Map<Instant, Long> counts = new HashMap<>();
        projects.bind(handle.createQuery(sql + projects.sql() + " GROUP BY 1"))
                .bind("since", since)
                .map((row, context) ->
                        Map.entry(row.getObject("hour", OffsetDateTime.class).toInstant(), row.getLong("count")))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    /** Forgets the pulls before a time. */
    static void forget(Handle handle, Instant before) {
        handle.execute("DELETE FROM registry.pull_hour WHERE hour < ?", before);
    }
}
