package dev.breakwater.registry.activity;

import dev.breakwater.registry.listing.Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How many pushes and pulls there were, hour by hour. Pulls are added by {@link PullLog}, with what else they change. */
public final class UseHourStore {

    private UseHourStore() {}

    /**
     * The use of an hour.
     *
     * @param pushes how many manifests were pushed
     * @param pulls how many were pulled
     */
    public record Use(long pushes, long pulls) {

        /** Of an hour in which nothing happened. */
        public static final Use NONE = new Use(0, 0);
    }

    /**
     * The use since a time, by the beginning of each hour; nothing for hours without any.
     *
     * @param projects of which, as a condition on the alias {@code p}
     */
    public static Map<Instant, Use> since(Handle handle, Condition projects, Instant since) {
        Map<Instant, Use> hours = new HashMap<>();
        projects.bind(handle.createQuery("SELECT h.hour, sum(h.pushes) AS pushes, sum(h.pulls) AS pulls"
                        + " FROM registry.use_hour h JOIN registry.repository r ON r.id = h.repository_id"
                        + " JOIN registry.project p ON p.id = r.project_id"
                        + " WHERE h.hour >= :since" + projects.sql() + " GROUP BY 1"))
                .bind("since", since)
                .map((row, context) -> Map.entry(
                        row.getObject("hour", OffsetDateTime.class).toInstant(),
                        new Use(row.getLong("pushes"), row.getLong("pulls"))))
                .forEach(each -> hours.put(each.getKey(), each.getValue()));
        return hours;
    }

    /**
     * Some pushes to a repository.
     *
     * @param hour in which they were
     */
    public record Pushes(long repositoryId, Instant hour, long count) {}

    /** Adds pushes. Rows are taken in the same order by all servers; what a crash takes away would only be charted. */
    public static void add(Handle handle, List<Pushes> pushes) {
        handle.execute("SET LOCAL synchronous_commit TO off");
        handle.createUpdate("""
                        INSERT INTO registry.use_hour AS h (hour, repository_id, pushes)
                        SELECT * FROM unnest(CAST(:hours AS timestamptz[]), :repositories, :counts)
                            AS pushed (hour, repository, count)
                        ORDER BY hour, repository
                        ON CONFLICT (hour, repository_id) DO UPDATE SET pushes = h.pushes + excluded.pushes
                        """)
                .bindArray(
                        "hours",
                        String.class,
                        pushes.stream().map(each -> each.hour().toString()).toList())
                .bindArray(
                        "repositories",
                        Long.class,
                        pushes.stream().map(Pushes::repositoryId).toList())
                .bindArray(
                        "counts", Long.class, pushes.stream().map(Pushes::count).toList())
                .execute();
    }

    /** Forgets the use before a time. */
    static void forget(Handle handle, Instant before) {
        handle.execute("DELETE FROM registry.use_hour WHERE hour < ?", before);
    }
}
