package dev.breakwater.registry.activity;

import dev.breakwater.kernel.db.ArrayColumns;
import dev.breakwater.kernel.db.DatabaseException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes many pulls at once. Their loss would do no harm, so nobody waits for the disk. */
final class PullSql {

    /** Rows are taken in the order of their numbers, so that two servers do not wait for each other in a circle. */
    private static final String WRITE = """
            WITH pull AS (
                SELECT * FROM unnest(?, ?, ?, ?, ?)
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
            """;

    private PullSql() {}

    static void write(Handle handle, List<PullLog.Pull> pulls) {
        handle.execute("SET LOCAL synchronous_commit TO off");
        try (PreparedStatement statement = handle.getConnection().prepareStatement(WRITE)) {
            ArrayColumns columns = new ArrayColumns(statement);
            columns.longs(pulls, PullLog.Pull::repositoryId);
            columns.longs(pulls, PullLog.Pull::manifestId);
            columns.add("bigint", pulls, PullLog.Pull::tagId);
            columns.add("boolean", pulls, PullLog.Pull::scanner);
            columns.instants(pulls, pull -> pull.activity().at());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        ActivityStore.insert(handle, pulls.stream().map(PullLog.Pull::activity).toList());
    }
}
