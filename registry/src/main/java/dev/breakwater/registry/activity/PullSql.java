package dev.breakwater.registry.activity;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes many pulls at once. Their loss would do no harm, so nobody waits for the disk. */
final class PullSql {

    private PullSql() {}

    /** Rows are taken in the order of their numbers, so that two servers do not wait for each other in a circle. */
    static void write(Handle handle, List<PullLog.Pull> pulls) {
        handle.execute("SET LOCAL synchronous_commit TO off");
        handle.createUpdate("""
                        WITH pull AS (
                            SELECT * FROM unnest(
                                :repositories, :manifests, :tags, :scanners, CAST(:times AS timestamptz[]))
                                AS pull (repository, manifest, tag, scanner, at)),
                        used AS (
                            SELECT * FROM pull WHERE NOT (scanner AND EXISTS (
                                SELECT FROM registry.configuration
                                WHERE key = 'scanner_skip_update_pulltime' AND value = 'true'))),
                        repositories AS (
                            UPDATE registry.repository r SET pull_count = r.pull_count + sums.pulls,
                                updated_at = greatest(r.updated_at, sums.at)
                            FROM (SELECT repository, count(*) AS pulls, max(at) AS at FROM pull
                                  GROUP BY repository ORDER BY repository) AS sums
                            WHERE r.id = sums.repository),
                        hours AS (
                            INSERT INTO registry.use_hour AS h (hour, repository_id, pulls)
                            SELECT date_trunc('hour', at, 'UTC'), repository, count(*) FROM pull
                            GROUP BY 1, 2 ORDER BY 1, 2
                            ON CONFLICT (hour, repository_id) DO UPDATE SET pulls = h.pulls + excluded.pulls),
                        manifests AS (
                            UPDATE registry.manifest m SET pulled_at = greatest(m.pulled_at, last.at)
                            FROM (SELECT manifest, max(at) AS at FROM used
                                  GROUP BY manifest ORDER BY manifest) AS last
                            WHERE m.id = last.manifest)
                        UPDATE registry.tag t SET pulled_at = greatest(t.pulled_at, last.at)
                        FROM (SELECT tag, max(at) AS at FROM used WHERE tag IS NOT NULL
                              GROUP BY tag ORDER BY tag) AS last
                        WHERE t.id = last.tag
                        """)
                .bindArray(
                        "repositories",
                        Long.class,
                        pulls.stream().map(PullLog.Pull::repositoryId).toList())
                .bindArray(
                        "manifests",
                        Long.class,
                        pulls.stream().map(PullLog.Pull::manifestId).toList())
                .bindArray(
                        "tags",
                        Long.class,
                        pulls.stream().map(PullLog.Pull::tagId).toArray())
                .bindArray(
                        "scanners",
                        Boolean.class,
                        pulls.stream().map(PullLog.Pull::scanner).toList())
                .bindArray(
                        "times",
                        String.class,
                        pulls.stream()
                                .map(pull -> pull.activity().at().toString())
                                .toList())
                .execute();
        ActivityStore.insert(handle, pulls.stream().map(PullLog.Pull::activity).toList());
    }
}
