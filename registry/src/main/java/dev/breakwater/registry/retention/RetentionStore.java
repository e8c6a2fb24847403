package dev.breakwater.registry.retention;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.blob.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables of retention policies, their executions and tasks. */
final class RetentionStore {

    private static final RowMapper<RetentionExecution> EXECUTION = ConstructorMapper.of(RetentionExecution.class);
    private static final RowMapper<RetentionExecution.Task> TASK = ConstructorMapper.of(RetentionExecution.Task.class);
    private static final String POLICY =
            "SELECT id, project_id, rules, trigger ->> 'cron' AS cron FROM registry.retention_policy";
    private static final String EXECUTIONS =
            "SELECT id, policy_id, dry_run, trigger, status, started_at, ended_at FROM registry.retention_execution";
    private static final String TASKS = "SELECT id, execution_id, repository_id, repository, status, total, retained,"
            + " started_at, ended_at FROM registry.retention_task";

    private RetentionStore() {}

    /** Adds a policy and gives its number; empty when the project has one. */
    static Optional<Long> insert(Handle handle, RetentionPolicy policy, Instant now) {
        return handle.createQuery("INSERT INTO registry.retention_policy"
                        + " (project_id, rules, trigger, created_at, updated_at) VALUES (:project,"
                        + " CAST(:rules AS jsonb), jsonb_build_object('cron', CAST(:cron AS text)), :now, :now)"
                        + " ON CONFLICT (project_id) DO NOTHING RETURNING id")
                .bind("project", policy.projectId())
                .bind("rules", Json.mapper().writeValueAsString(policy.writeRules()))
                .bind("cron", policy.cron())
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
    }

    static void update(Handle handle, RetentionPolicy policy, Instant now) {
        handle.createUpdate("UPDATE registry.retention_policy SET rules = CAST(:rules AS jsonb),"
                        + " trigger = jsonb_build_object('cron', CAST(:cron AS text)), updated_at = :now"
                        + " WHERE id = :id")
                .bind("id", policy.id())
                .bind("rules", Json.mapper().writeValueAsString(policy.writeRules()))
                .bind("cron", policy.cron())
                .bind("now", now)
                .execute();
    }

    static void delete(Handle handle, long id) {
        handle.execute("DELETE FROM registry.retention_policy WHERE id = ?", id);
    }

    static Optional<RetentionPolicy> find(Handle handle, long id) {
        return handle.createQuery(POLICY + " WHERE id = :id")
                .bind("id", id)
                .map(RetentionStore::policy)
                .findOne();
    }

    static Optional<RetentionPolicy> ofProject(Handle handle, long project) {
        return handle.createQuery(POLICY + " WHERE project_id = :project")
                .bind("project", project)
                .map(RetentionStore::policy)
                .findOne();
    }

    private static RetentionPolicy policy(ResultSet row, StatementContext context) throws SQLException {
        return new RetentionPolicy(
                row.getLong("id"),
                row.getLong("project_id"),
                RetentionPolicy.rules(Json.mapper().readTree(row.getString("rules"))),
                row.getString("cron"));
    }

    static long begin(Handle handle, long policy, boolean dryRun, String trigger, Instant now) {
        return handle.createQuery("INSERT INTO registry.retention_execution"
                        + " (policy_id, dry_run, trigger, status, started_at)"
                        + " VALUES (:policy, :dryRun, :trigger, 'InProgress', :now) RETURNING id")
                .bind("policy", policy)
                .bind("dryRun", dryRun)
                .bind("trigger", trigger)
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    /** A repository of a project. */
    record Repository(long id, String name) {}

    static List<Repository> repositories(Handle handle, long project) {
        return handle.createQuery(
                        "SELECT r.id, r.name FROM registry.repository r WHERE r.project_id = :project AND EXISTS"
                                + " (SELECT FROM registry.manifest m WHERE m.repository_id = r.id AND m.deleted_at IS NULL)"
                                + " ORDER BY r.name")
                .bind("project", project)
                .map((row, context) -> new Repository(row.getLong("id"), row.getString("name")))
                .list();
    }

    static void addTask(Handle handle, long execution, long repository, String name, Instant now) {
        handle.execute(
                "INSERT INTO registry.retention_task (execution_id, repository_id, repository, status, started_at)"
                        + " VALUES (?, ?, ?, 'Pending', ?)",
                execution,
                repository,
                name,
                now);
    }

    static Optional<RetentionExecution> findExecution(Handle handle, long policy, long id) {
        return handle.createQuery(EXECUTIONS + " WHERE policy_id = :policy AND id = :id")
                .bind("policy", policy)
                .bind("id", id)
                .map(EXECUTION)
                .findOne();
    }

    static List<RetentionExecution> executions(Handle handle, long policy, long offset, int limit) {
        return handle.createQuery(
                        EXECUTIONS + " WHERE policy_id = :policy ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .bind("policy", policy)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(EXECUTION)
                .list();
    }

    /** Executions with a lower number and how far they have come, newest first. */
    static List<RetentionOutline> outlines(Handle handle, long policy, long before, int limit) {
        return handle.createQuery("""
                        SELECT e.id, e.policy_id, e.dry_run, e.trigger, e.status, e.started_at, e.ended_at,
                            count(t.id) AS repositories,
                            count(t.id) FILTER (WHERE t.status NOT IN ('Pending', 'Running')) AS done,
                            COALESCE(sum(t.total), 0) AS total, COALESCE(sum(t.retained), 0) AS retained
                        FROM (SELECT * FROM registry.retention_execution WHERE policy_id = :policy AND id < :before
                              ORDER BY id DESC LIMIT :limit) e
                        LEFT JOIN registry.retention_task t ON t.execution_id = e.id
                        GROUP BY e.id, e.policy_id, e.dry_run, e.trigger, e.status, e.started_at, e.ended_at
                        ORDER BY e.id DESC
                        """)
                .bind("policy", policy)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new RetentionOutline(
                        EXECUTION.map(row, context),
                        row.getLong("repositories"),
                        row.getLong("done"),
                        row.getLong("total"),
                        row.getLong("retained")))
                .list();
    }

    /**
     * Forgets what a task that begins anew had decided, but not what it has removed already, and gives the next
     * position.
     */
    static int forgetDecisions(Handle handle, long task, boolean all) {
        handle.execute("DELETE FROM registry.retention_decision WHERE task_id = ? AND (? OR kept)", task, all);
        return handle.createQuery(
                        "SELECT COALESCE(max(position) + 1, 0) FROM registry.retention_decision WHERE task_id = :task")
                .bind("task", task)
                .mapTo(Integer.class)
                .one();
    }

    static void insertDecisions(Handle handle, List<RetentionDecision> decisions) {
        if (decisions.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO registry.retention_decision"
                + " (task_id, position, digest, tags, kept, reason)"
                + " VALUES (:task, :position, :digest, :tags, :kept, :reason)");
        decisions.forEach(decision -> batch.bind("task", decision.task())
                .bind("position", decision.position())
                .bind("digest", decision.digest())
                .bindArray("tags", String.class, decision.tags())
                .bind("kept", decision.kept())
                .bind("reason", decision.reason())
                .add());
        batch.execute();
    }

    static List<RetentionDecision> decisions(
            Handle handle, long execution, @Nullable Boolean kept, long task, int position, int limit) {
        return handle.createQuery("""
                        SELECT d.task_id, d.position, t.repository, d.digest, d.tags, d.kept, d.reason
                        FROM registry.retention_task t JOIN registry.retention_decision d ON d.task_id = t.id
                        WHERE t.execution_id = :execution AND t.id >= :task
                            AND (d.task_id, d.position) > (:task, :position)
                            AND (CAST(:kept AS boolean) IS NULL OR d.kept = :kept)
                        ORDER BY d.task_id, d.position LIMIT :limit
                        """)
                .bind("execution", execution)
                .bind("kept", kept)
                .bind("task", task)
                .bind("position", position)
                .bind("limit", limit)
                .map((row, context) -> new RetentionDecision(
                        row.getLong("task_id"),
                        row.getInt("position"),
                        row.getString("repository"),
                        row.getString("digest"),
                        List.of((String[]) row.getArray("tags").getArray()),
                        row.getBoolean("kept"),
                        row.getString("reason")))
                .list();
    }

    static long countExecutions(Handle handle, long policy) {
        return handle.createQuery("SELECT count(*) FROM registry.retention_execution WHERE policy_id = :policy")
                .bind("policy", policy)
                .mapTo(Long.class)
                .one();
    }

    /** The oldest execution that goes on. */
    static Optional<RetentionExecution> going(Handle handle) {
        return handle.createQuery(EXECUTIONS + " WHERE status = 'InProgress' ORDER BY id LIMIT 1")
                .map(EXECUTION)
                .findOne();
    }

    static boolean isStopping(Handle handle, long execution) {
        return handle.createQuery("SELECT stopping FROM registry.retention_execution WHERE id = :id")
                .bind("id", execution)
                .mapTo(boolean.class)
                .findOne()
                .orElse(true);
    }

    static void stop(Handle handle, long execution) {
        handle.execute(
                "UPDATE registry.retention_execution SET stopping = true WHERE id = ? AND status = 'InProgress'",
                execution);
    }

    static void end(Handle handle, long execution, String status, Instant now) {
        handle.execute(
                "UPDATE registry.retention_task SET status = 'Stopped', ended_at = ? WHERE execution_id = ?"
                        + " AND status IN ('Pending', 'Running')",
                now,
                execution);
        handle.execute(
                "UPDATE registry.retention_execution SET status = ?, ended_at = ? WHERE id = ?",
                status,
                now,
                execution);
    }

    static Optional<RetentionExecution.Task> nextTask(Handle handle, long execution) {
        return handle.createQuery(TASKS + " WHERE execution_id = :execution AND status IN ('Pending', 'Running')"
                        + " ORDER BY id LIMIT 1")
                .bind("execution", execution)
                .map(TASK)
                .findOne();
    }

    static List<RetentionExecution.Task> tasks(Handle handle, long execution, long offset, int limit) {
        return handle.createQuery(TASKS + " WHERE execution_id = :execution ORDER BY id LIMIT :limit OFFSET :offset")
                .bind("execution", execution)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(TASK)
                .list();
    }

    static long countTasks(Handle handle, long execution) {
        return handle.createQuery("SELECT count(*) FROM registry.retention_task WHERE execution_id = :execution")
                .bind("execution", execution)
                .mapTo(Long.class)
                .one();
    }

    static boolean hasFailed(Handle handle, long execution) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.retention_task"
                        + " WHERE execution_id = :execution AND status = 'Error')")
                .bind("execution", execution)
                .mapTo(boolean.class)
                .one();
    }

    static void setTask(
            Handle handle, long task, String status, int total, int retained, String log, @Nullable Instant endedAt) {
        handle.createUpdate("UPDATE registry.retention_task SET status = :status, total = :total, retained = :retained,"
                        + " log = :log, ended_at = :ended WHERE id = :id")
                .bind("id", task)
                .bind("status", status)
                .bind("total", total)
                .bind("retained", retained)
                .bind("log", log)
                .bind("ended", endedAt)
                .execute();
    }

    static Optional<String> log(Handle handle, long execution, long task) {
        return handle.createQuery(
                        "SELECT log FROM registry.retention_task WHERE execution_id = :execution AND id = :task")
                .bind("execution", execution)
                .bind("task", task)
                .mapTo(String.class)
                .findOne();
    }

    /** The artifacts of a repository that stand for themselves: not parts of an index, and not what belongs to others. */
    static List<Candidate> candidates(Handle handle, long repository) {
        return handle.createQuery("""
                        SELECT m.id, m.digest, m.pushed_at, m.pulled_at, ARRAY(
                            SELECT t.name FROM registry.tag t WHERE t.manifest_id = m.id ORDER BY t.name) AS tags
                        FROM registry.manifest m WHERE m.repository_id = :repository AND m.deleted_at IS NULL
                        AND (m.subject IS NULL OR NOT EXISTS (
                            SELECT FROM registry.manifest s WHERE s.repository_id = m.repository_id
                            AND s.digest = m.subject AND s.deleted_at IS NULL))
                        AND NOT EXISTS (
                            SELECT FROM registry.tag t JOIN registry.manifest s
                            ON s.repository_id = t.repository_id AND s.deleted_at IS NULL
                            AND s.digest = regexp_replace(t.name, :belonging, :subject)
                            WHERE t.manifest_id = m.id)
                        AND (EXISTS (SELECT FROM registry.tag t WHERE t.manifest_id = m.id) OR NOT EXISTS (
                            SELECT FROM registry.manifest_child c JOIN registry.manifest p
                            ON p.id = c.parent_id AND p.deleted_at IS NULL
                            WHERE c.repository_id = m.repository_id AND c.digest = m.digest))
                        ORDER BY m.id
                        """)
                .bind("repository", repository)
                .bind("belonging", "^(sha256|sha512)-([0-9a-f]{64,128})([.](sig|att|sbom))?$")
                .bind("subject", "\\1:\\2")
                .map(RetentionStore::candidate)
                .list();
    }

    private static Candidate candidate(ResultSet row, StatementContext context) throws SQLException {
        @Nullable OffsetDateTime pulled = row.getObject("pulled_at", OffsetDateTime.class);
        return new Candidate(
                row.getLong("id"),
                Digest.parse(row.getString("digest")).orElseThrow(),
                row.getObject("pushed_at", OffsetDateTime.class).toInstant(),
                pulled == null ? null : pulled.toInstant(),
                List.of((String[]) row.getArray("tags").getArray()));
    }

    /** The tags of a manifest that nobody can tag until the transaction ends; empty when it is gone. */
    static Optional<List<String>> holdTags(Handle handle, long manifest) {
        boolean there = handle.createQuery(
                        "SELECT id FROM registry.manifest WHERE id = :id AND deleted_at IS NULL FOR UPDATE")
                .bind("id", manifest)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        return there
                ? Optional.of(handle.createQuery("SELECT name FROM registry.tag WHERE manifest_id = :id ORDER BY name")
                        .bind("id", manifest)
                        .mapTo(String.class)
                        .list())
                : Optional.empty();
    }
}
