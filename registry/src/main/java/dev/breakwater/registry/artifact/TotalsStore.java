package dev.breakwater.registry.artifact;

import dev.breakwater.registry.listing.Condition;
import org.jdbi.v3.core.Handle;

/** How much is stored in some projects. */
public final class TotalsStore {

    private TotalsStore() {}

    /**
     * What is there, counted up to a limit.
     *
     * @param projects how many
     * @param repositories how many of them hold something
     * @param manifests how many
     * @param contents how many different ones in each project
     * @param bytes of these
     */
    public record Totals(long projects, long repositories, long manifests, long contents, long bytes) {}

    /**
     * Counts what is in some projects.
     *
     * @param projects of which, as a condition on the alias {@code p}
     * @param most how many of each are counted; one more stands for more
     */
    public static Totals count(Handle handle, Condition projects, int most) {
        return projects.bind(handle.createQuery("WITH seen AS MATERIALIZED (SELECT p.id FROM registry.project p"
                        + " WHERE p.deleted_at IS NULL" + projects.sql() + """
                        ), held AS (
                            SELECT m.repository_id FROM registry.manifest m
                            JOIN registry.repository r ON r.id = m.repository_id
                            WHERE m.deleted_at IS NULL AND r.project_id IN (SELECT id FROM seen) LIMIT :most)
                        SELECT (SELECT count(*) FROM seen) AS projects,
                               (SELECT count(*) FROM held) AS manifests,
                               (SELECT count(DISTINCT repository_id) FROM held) AS repositories,
                               (SELECT count(*) FROM (
                                    SELECT FROM registry.project_content c
                                    WHERE c.project_id IN (SELECT id FROM seen) LIMIT :most) AS kept) AS contents,
                               (SELECT coalesce(sum(u.bytes), 0) FROM registry.project_usage u
                                WHERE u.project_id IN (SELECT id FROM seen))
                               + (SELECT coalesce(sum(c.bytes), 0) FROM registry.project_usage_change c
                                  WHERE c.project_id IN (SELECT id FROM seen)) AS bytes
                        """))
                .bind("most", most + 1)
                .map((row, context) -> new Totals(
                        row.getLong("projects"),
                        row.getLong("repositories"),
                        row.getLong("manifests"),
                        row.getLong("contents"),
                        row.getLong("bytes")))
                .one();
    }
}
