package dev.breakwater.registry.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of policies. */
public final class PolicyStore {

    private static final RowMapper<Policy> POLICY = ConstructorMapper.of(Policy.class);
    private static final String SELECT = """
            SELECT p.id, p.project_id, r.name AS project_name, p.target_id, t.name AS target_name, p.name,
                   p.description, p.enabled, p.cron, p.started_at, p.created_at, p.updated_at,
                   (SELECT count(*) FROM registry.replication_job j
                    WHERE j.policy_id = p.id AND j.status IN ('error', 'retrying')) AS failed_jobs
            FROM registry.replication_policy p
            JOIN registry.project r ON r.id = p.project_id
            JOIN registry.replication_target t ON t.id = p.target_id
            """;

    private PolicyStore() {}

    /** How many policies copy a project. */
    public static long countOfProject(Handle handle, long project) {
        return handle.createQuery("SELECT count(*) FROM registry.replication_policy WHERE project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }

    /** Adds one that is not enabled yet and gives its number; empty when the project is copied there already. */
    static OptionalLong insert(
            Handle handle, long project, long target, String name, String description, String cron, Instant now) {
        return handle.createQuery("INSERT INTO registry.replication_policy"
                        + " (project_id, target_id, name, description, enabled, cron, created_at, updated_at)"
                        + " VALUES (:project, :target, :name, :description, false, :cron, :now, :now)"
                        + " ON CONFLICT DO NOTHING RETURNING id")
                .bind("project", project)
                .bind("target", target)
                .bind("name", name)
                .bind("description", description)
                .bind("cron", cron)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Changes all but whether it is enabled. */
    static void update(Handle handle, long id, long target, String name, String description, String cron, Instant now) {
        handle.execute(
                "UPDATE registry.replication_policy SET target_id = ?, name = ?, description = ?, cron = ?,"
                        + " updated_at = ? WHERE id = ?",
                target,
                name,
                description,
                cron,
                now,
                id);
    }

    static void enable(Handle handle, long id, boolean enabled, Instant now) {
        handle.execute(
                "UPDATE registry.replication_policy SET enabled = ?, updated_at = ?,"
                        + " started_at = CASE WHEN ? THEN ? ELSE started_at END WHERE id = ?",
                enabled,
                now,
                enabled,
                now,
                id);
    }

    /** Sets when it runs next by itself; null for never. */
    static void schedule(Handle handle, long id, @Nullable Instant next) {
        handle.createUpdate("UPDATE registry.replication_policy SET next_run_at = :next WHERE id = :id")
                .bind("next", next)
                .bind("id", id)
                .execute();
    }

    static void delete(Handle handle, long id) {
        handle.execute("DELETE FROM registry.replication_policy WHERE id = ?", id);
    }

    static Optional<Policy> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE p.id = :id")
                .bind("id", id)
                .map(POLICY)
                .findOne();
    }

    /** One whose time has come, held until the transaction ends. */
    static Optional<Policy> lockDue(Handle handle, Instant now) {
        return handle.createQuery(SELECT + " WHERE p.enabled AND p.next_run_at <= :now"
                        + " ORDER BY p.next_run_at LIMIT 1 FOR UPDATE OF p SKIP LOCKED")
                .bind("now", now)
                .map(POLICY)
                .findOne();
    }

    /**
     * Which to list.
     *
     * @param name part of the name
     * @param project of this project only; null for any
     * @param target with this target only; null for any
     */
    public record Filter(
            String name, @Nullable Long project, @Nullable Long target) {}

    /** Those that fit, in the order of their making. */
    static List<Policy> list(Handle handle, Filter filter) {
        return handle.createQuery(SELECT + " WHERE position(:name IN p.name) > 0"
                        + " AND (CAST(:project AS bigint) IS NULL OR p.project_id = :project)"
                        + " AND (CAST(:target AS bigint) IS NULL OR p.target_id = :target)"
                        + " ORDER BY p.created_at, p.id")
                .bind("name", filter.name())
                .bind("project", filter.project())
                .bind("target", filter.target())
                .map(POLICY)
                .list();
    }

    /** When the next of them runs by itself. */
    static Optional<Instant> nextRun(Handle handle) {
        return handle.createQuery("SELECT min(next_run_at) FROM registry.replication_policy WHERE enabled")
                .mapTo(Instant.class)
                .findOne();
    }
}
