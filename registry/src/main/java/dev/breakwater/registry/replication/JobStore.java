package dev.breakwater.registry.replication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table of jobs. */
final class JobStore {

    /** The channel on which nodes hear that there is something to do. */
    static final String CHANNEL = "registry_replication";

    private static final String COLUMNS =
            "j.id, j.policy_id, j.repository, j.operation, j.tags, j.status, j.attempts, j.created_at, j.updated_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM registry.replication_job j";
    private static final int LONGEST_LOG = 100_000;

    private JobStore() {}

    /** Adds a job for every enabled policy of a project, and tells all nodes when there was one. */
    static void addForProject(
            Handle handle, long project, String repository, Job.Operation operation, List<String> tags, Instant now) {
        int added = handle.createUpdate("""
                        INSERT INTO registry.replication_job
                            (policy_id, repository, operation, tags, status, due_at, created_at, updated_at)
                        SELECT p.id, :repository, :operation, :tags, 'pending', :now, :now, :now
                        FROM registry.replication_policy p WHERE p.project_id = :project AND p.enabled
                        """)
                .bind("project", project)
                .bind("repository", repository)
                .bind("operation", text(operation))
                .bindArray("tags", String.class, tags)
                .bind("now", now)
                .execute();
        if (added > 0) {
            wake(handle);
        }
    }

    /** Adds a job for every repository of the project of a policy. */
    static void addForPolicy(Handle handle, long policy, Instant now) {
        handle.createUpdate("""
                        INSERT INTO registry.replication_job
                            (policy_id, repository, operation, tags, status, due_at, created_at, updated_at)
                        SELECT p.id, r.name, 'transfer', CAST(ARRAY[] AS text[]), 'pending', :now, :now, :now
                        FROM registry.replication_policy p
                        JOIN registry.repository r ON r.project_id = p.project_id
                        WHERE p.id = :policy
                          AND EXISTS (SELECT FROM registry.tag t WHERE t.repository_id = r.id)
                        ORDER BY r.name
                        """).bind("policy", policy).bind("now", now).execute();
        wake(handle);
    }

    private static void wake(Handle handle) {
        handle.execute("NOTIFY " + CHANNEL);
    }

    /**
     * Takes the oldest job that is due and that no earlier job of the same repository has to precede.
     *
     * @param until when another node may take it for abandoned
     */
    static Optional<Job> claim(Handle handle, Instant now, Instant until) {
        return handle.createQuery("""
                        UPDATE registry.replication_job j
                        SET status = 'running', attempts = j.attempts + 1, due_at = :until, updated_at = :now
                        WHERE j.id = (
                            SELECT c.id FROM registry.replication_job c
                            WHERE c.due_at <= :now AND NOT EXISTS (
                                SELECT FROM registry.replication_job e
                                WHERE e.policy_id = c.policy_id AND e.repository = c.repository
                                  AND e.due_at IS NOT NULL AND e.id < c.id)
                            ORDER BY c.due_at, c.id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING
                        """ + " " + COLUMNS)
                .bind("now", now)
                .bind("until", until)
                .map(JobStore::job)
                .findOne();
    }

    /** Keeps a job for its node; false when it is that node's no more. */
    static boolean renew(Handle handle, Job job, Instant until) {
        return handle.execute(
                        "UPDATE registry.replication_job SET due_at = ?"
                                + " WHERE id = ? AND status = 'running' AND attempts = ?",
                        until,
                        job.id(),
                        job.attempts())
                == 1;
    }

    /**
     * Notes how a job went, unless somebody else decided about it meanwhile.
     *
     * @param due when it is tried again; null when it has ended
     */
    static void end(Handle handle, Job job, Job.Status status, @Nullable Instant due, String log, Instant now) {
        handle.createUpdate("UPDATE registry.replication_job SET status = :status, due_at = :due, updated_at = :now,"
                        + " log = right(log || :log, :longest)"
                        + " WHERE id = :id AND status = 'running' AND attempts = :attempts")
                .bind("status", text(status))
                .bind("due", due)
                .bind("now", now)
                .bind("log", log)
                .bind("longest", LONGEST_LOG)
                .bind("id", job.id())
                .bind("attempts", job.attempts())
                .execute();
    }

    /** Stops all jobs of a policy that have not ended. */
    static void stop(Handle handle, long policy, Instant now) {
        handle.execute(
                "UPDATE registry.replication_job SET status = 'stopped', due_at = NULL, updated_at = ?"
                        + " WHERE policy_id = ? AND due_at IS NOT NULL",
                now,
                policy);
    }

    /** Whether jobs of a policy have not ended. */
    static boolean isActive(Handle handle, long policy) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.replication_job"
                        + " WHERE policy_id = :policy AND due_at IS NOT NULL)")
                .bind("policy", policy)
                .mapTo(boolean.class)
                .one();
    }

    /** When the next job is due. */
    static Optional<Instant> nextDue(Handle handle) {
        return handle.createQuery("SELECT min(due_at) FROM registry.replication_job WHERE due_at IS NOT NULL")
                .mapTo(Instant.class)
                .findOne();
    }

    static Optional<Job> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE j.id = :id")
                .bind("id", id)
                .map(JobStore::job)
                .findOne();
    }

    static Optional<String> log(Handle handle, long id) {
        return handle.createQuery("SELECT log FROM registry.replication_job WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    static void delete(Handle handle, long id) {
        handle.execute("DELETE FROM registry.replication_job WHERE id = ?", id);
    }

    static void deleteEndedBefore(Handle handle, Instant limit) {
        handle.execute("DELETE FROM registry.replication_job WHERE due_at IS NULL AND updated_at < ?", limit);
    }

    private static final String FITTING = """
             WHERE j.policy_id = :policy
               AND position(lower(:repository) IN j.repository) > 0
               AND position(lower(:status) IN j.status) > 0
               AND (CAST(:from AS timestamptz) IS NULL OR j.created_at >= :from)
               AND (CAST(:before AS timestamptz) IS NULL OR j.created_at < :before)
            """;

    /** The jobs of a policy that fit, those first to which something happened last. */
    static List<Job> list(Handle handle, Jobs.Filter filter, long offset, int limit) {
        return bind(
                        handle.createQuery(SELECT + FITTING
                                + " ORDER BY j.updated_at DESC, j.id DESC LIMIT :limit OFFSET :offset"),
                        filter)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(JobStore::job)
                .list();
    }

    /** How many jobs fit. */
    static long count(Handle handle, Jobs.Filter filter) {
        return bind(handle.createQuery("SELECT count(*) FROM registry.replication_job j" + FITTING), filter)
                .mapTo(Long.class)
                .one();
    }

    private static Query bind(Query query, Jobs.Filter filter) {
        return query.bind("policy", filter.policy())
                .bind("repository", filter.repository())
                .bind("status", filter.status())
                .bind("from", filter.from())
                .bind("before", filter.before());
    }

    private static Job job(ResultSet row, StatementContext context) throws SQLException {
        return new Job(
                row.getLong("id"),
                row.getLong("policy_id"),
                row.getString("repository"),
                Job.Operation.valueOf(row.getString("operation").toUpperCase(Locale.ROOT)),
                Arrays.asList((String[]) row.getArray("tags").getArray()),
                Job.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
