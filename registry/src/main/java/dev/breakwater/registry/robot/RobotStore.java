package dev.breakwater.registry.robot;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.access.Grant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The tables of robots. Those of deleted projects are not seen, nor is what was granted in such projects. */
final class RobotStore {

    private static final String FROM = """
            FROM registry.robot r LEFT JOIN registry.project p ON p.id = r.project_id
            WHERE (r.project_id IS NULL OR p.deleted_at IS NULL)
            """;
    private static final String SELECT = "SELECT r.*, p.name AS project_name " + FROM;

    private RobotStore() {}

    /** A robot with the hash of its secret. */
    record Secured(RobotAccount account, String secretHash) {
        @Override
        public String toString() {
            return "Secured[" + account.name() + "]";
        }
    }

    /**
     * Which robots to list.
     *
     * @param project those of this project; null for those of the system
     * @param name a part of the given name, or the whole; null for any
     * @param exact whether the name has to be the whole
     */
    record Filter(@Nullable Long project, @Nullable String name, boolean exact) {}

    /** What {@link #insert} stores; the fields are those of {@link RobotAccount}. */
    record Row(
            @Nullable Long project,
            String name,
            String description,
            String secretHash,
            long duration,
            @Nullable Instant expiresAt,
            boolean disabled,
            String creatorType,
            long creatorRef,
            Instant now) {
        @Override
        public String toString() {
            return "Row[" + name + "]";
        }
    }

    /** Adds a robot and gives its number; empty when the name is taken. */
    static OptionalLong insert(Handle handle, Row row) {
        return handle.createQuery("INSERT INTO registry.robot (project_id, name, description, secret_hash, duration,"
                        + " expires_at, disabled, creator_type, creator_ref, created_at, updated_at)"
                        + " VALUES (:project, :name, :description, :hash, :duration, :expires, :disabled,"
                        + " :type, :ref, :now, :now) ON CONFLICT DO NOTHING RETURNING id")
                .bind("project", row.project())
                .bind("name", row.name())
                .bind("description", row.description())
                .bind("hash", row.secretHash())
                .bind("duration", row.duration())
                .bind("expires", row.expiresAt())
                .bind("disabled", row.disabled())
                .bind("type", row.creatorType())
                .bind("ref", row.creatorRef())
                .bind("now", row.now())
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Grants a robot this and nothing else. */
    static void setPermissions(Handle handle, long robot, List<RobotPermission> permissions) {
        handle.execute("DELETE FROM registry.robot_permission WHERE robot_id = ?", robot);
        for (int i = 0; i < permissions.size(); i++) {
            RobotPermission permission = permissions.get(i);
            handle.createUpdate("INSERT INTO registry.robot_permission (robot_id, position, kind, project_id, access)"
                            + " VALUES (:robot, :position, :kind, :project, CAST(:access AS jsonb))")
                    .bind("robot", robot)
                    .bind("position", i)
                    .bind("kind", permission.kind().name().toLowerCase(Locale.ROOT))
                    .bind("project", permission.projectId())
                    .bind("access", Json.mapper().writeValueAsString(permission.access()))
                    .execute();
        }
    }

    static void update(
            Handle handle,
            long robot,
            String description,
            long duration,
            @Nullable Instant expiresAt,
            boolean disabled,
            Instant now) {
        handle.createUpdate("UPDATE registry.robot SET description = :description, duration = :duration,"
                        + " expires_at = :expires, disabled = :disabled, updated_at = :now WHERE id = :id")
                .bind("description", description)
                .bind("duration", duration)
                .bind("expires", expiresAt)
                .bind("disabled", disabled)
                .bind("now", now)
                .bind("id", robot)
                .execute();
    }

    static void setSecret(Handle handle, long robot, String hash, Instant now) {
        handle.execute("UPDATE registry.robot SET secret_hash = ?, updated_at = ? WHERE id = ?", hash, now, robot);
    }

    /** Notes when robots with these full names were last used, in the order of their numbers. */
    static void used(Handle handle, String prefix, Map<String, Instant> uses) {
        List<RobotName> names = new ArrayList<>();
        List<String> times = new ArrayList<>();
        uses.forEach((full, at) -> RobotName.parse(prefix, full).ifPresent(name -> {
            names.add(name);
            times.add(at.toString());
        }));
        handle.createUpdate("""
                        WITH used AS (
                            SELECT r.id, u.at
                            FROM unnest(:projects, :names, CAST(:times AS timestamptz[])) AS u (project, name, at)
                            LEFT JOIN registry.project p ON p.name = u.project AND p.deleted_at IS NULL
                            JOIN registry.robot r ON r.name = u.name AND r.project_id IS NOT DISTINCT FROM p.id
                            WHERE u.project IS NULL OR p.id IS NOT NULL
                            ORDER BY r.id FOR NO KEY UPDATE OF r)
                        UPDATE registry.robot r SET last_used_at = greatest(r.last_used_at, used.at)
                        FROM used WHERE r.id = used.id
                        """)
                .bindArray(
                        "projects",
                        String.class,
                        names.stream().map(RobotName::project).toArray())
                .bindArray(
                        "names",
                        String.class,
                        names.stream().map(RobotName::name).toList())
                .bindArray("times", String.class, times)
                .execute();
    }

    static void delete(Handle handle, long robot) {
        handle.execute("DELETE FROM registry.robot WHERE id = ?", robot);
    }

    static Optional<Secured> find(Handle handle, String prefix, long id) {
        return one(
                handle, prefix, handle.createQuery(SELECT + " AND r.id = :id").bind("id", id));
    }

    static Optional<Secured> find(Handle handle, String prefix, RobotName name) {
        return one(
                handle,
                prefix,
                handle.createQuery(SELECT + " AND r.name = :name AND p.name IS NOT DISTINCT FROM :project")
                        .bind("name", name.name())
                        .bind("project", name.project()));
    }

    static List<RobotAccount> list(
            Handle handle, String prefix, Filter filter, String order, boolean descending, long offset, int limit) {
        String direction = descending ? " DESC" : "";
        Query query = bind(
                        handle.createQuery(SELECT + fitting(filter) + " ORDER BY " + column(order) + direction
                                + ", r.id" + direction + " LIMIT :limit OFFSET :offset"),
                        filter)
                .bind("limit", limit)
                .bind("offset", offset);
        return all(handle, prefix, query).stream().map(Secured::account).toList();
    }

    static long count(Handle handle, Filter filter) {
        return bind(handle.createQuery("SELECT count(*) " + FROM + fitting(filter)), filter)
                .mapTo(Long.class)
                .one();
    }

    /** The column of a sort key; the number for one that is none. */
    private static String column(String key) {
        return switch (key) {
            case "name" -> "r.name";
            case "creation_time" -> "r.created_at";
            case "update_time" -> "r.updated_at";
            case "expires_at" -> "r.expires_at";
            case "disabled", "disable" -> "r.disabled";
            default -> "r.id";
        };
    }

    private static String fitting(Filter filter) {
        return " AND r.project_id IS NOT DISTINCT FROM :project AND (CAST(:name AS text) IS NULL OR "
                + (filter.exact() ? "r.name = :name" : "position(lower(:name) IN r.name) > 0") + ")";
    }

    private static Query bind(Query query, Filter filter) {
        return query.bind("project", filter.project()).bind("name", filter.name());
    }

    private static Optional<Secured> one(Handle handle, String prefix, Query query) {
        return all(handle, prefix, query).stream().findFirst();
    }

    private static List<Secured> all(Handle handle, String prefix, Query query) {
        List<Found> found = query.map((row, context) -> found(row)).list();
        Map<Long, List<RobotPermission>> permissions =
                permissions(handle, found.stream().map(Found::id).toList());
        return found.stream()
                .map(each -> each.secured(prefix, permissions.getOrDefault(each.id(), List.of())))
                .toList();
    }

    private static Map<Long, List<RobotPermission>> permissions(Handle handle, List<Long> robots) {
        Map<Long, List<RobotPermission>> permissions = new HashMap<>();
        handle.createQuery("SELECT g.robot_id, g.kind, g.project_id, g.access, p.name FROM registry.robot_permission g"
                        + " LEFT JOIN registry.project p ON p.id = g.project_id"
                        + " WHERE g.robot_id = ANY (:robots) AND p.deleted_at IS NULL"
                        + " ORDER BY g.robot_id, g.position")
                .bindArray("robots", Long.class, robots)
                .map((row, context) -> Map.entry(row.getLong("robot_id"), permission(row)))
                .forEach(entry -> permissions
                        .computeIfAbsent(entry.getKey(), robot -> new ArrayList<>())
                        .add(entry.getValue()));
        return permissions;
    }

    private static RobotPermission permission(ResultSet row) throws SQLException {
        Grant.Kind kind = row.getString("kind").equals("system") ? Grant.Kind.SYSTEM : Grant.Kind.PROJECT;
        @Nullable String project = row.getString("name");
        String namespace = kind == Grant.Kind.SYSTEM ? Grant.SYSTEM : project == null ? Grant.ANY : project;
        return new RobotPermission(
                kind,
                namespace,
                row.getObject("project_id", Long.class),
                List.of(Json.mapper().readValue(row.getString("access"), RobotPermission.Access[].class)));
    }

    /** A row of the table. */
    private record Found(
            long id,
            @Nullable Long project,
            @Nullable String projectName,
            String name,
            String description,
            String secretHash,
            long duration,
            @Nullable Instant expiresAt,
            boolean disabled,
            String creatorType,
            long creatorRef,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant lastUsedAt) {

        Secured secured(String prefix, List<RobotPermission> permissions) {
            return new Secured(
                    new RobotAccount(
                            id,
                            project,
                            RobotName.full(prefix, projectName, name),
                            description,
                            duration,
                            expiresAt,
                            disabled,
                            permissions,
                            creatorType,
                            creatorRef,
                            createdAt,
                            updatedAt,
                            lastUsedAt),
                    secretHash);
        }
    }

    private static Found found(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
        @Nullable OffsetDateTime used = row.getObject("last_used_at", OffsetDateTime.class);
        return new Found(
                row.getLong("id"),
                row.getObject("project_id", Long.class),
                row.getString("project_name"),
                row.getString("name"),
                row.getString("description"),
                row.getString("secret_hash"),
                row.getLong("duration"),
                expires == null ? null : expires.toInstant(),
                row.getBoolean("disabled"),
                row.getString("creator_type"),
                row.getLong("creator_ref"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                used == null ? null : used.toInstant());
    }
}
