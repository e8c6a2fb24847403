package dev.breakwater.registry.project;

import dev.breakwater.kernel.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The table of projects; the deleted ones are not seen. */
public final class ProjectStore {

    /** The columns that {@link #project} reads, of a table or alias {@code p}. */
    public static final String COLUMNS =
            "p.id, p.organization_id, p.name, p.owner_id, p.public, p.metadata," + " p.created_at, p.updated_at";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM registry.project p WHERE p.deleted_at IS NULL";

    private static final String NO_SETTINGS = "{}";

    private ProjectStore() {}

    /** Adds a project and gives its number; empty when the name is taken. No number is lost on a taken name. */
    public static OptionalLong insert(
            Handle handle,
            UUID organization,
            String name,
            UUID owner,
            boolean isPublic,
            Map<String, String> metadata,
            Instant now) {
        if (find(handle, name).isPresent()) {
            return OptionalLong.empty();
        }
        return handle.createQuery("INSERT INTO registry.project"
                        + " (organization_id, name, owner_id, public, metadata, created_at, updated_at) VALUES"
                        + " (:organization, :name, :owner, :public, CAST(:metadata AS jsonb), :now, :now)"
                        + " ON CONFLICT DO NOTHING RETURNING id")
                .bind("organization", organization)
                .bind("name", name)
                .bind("owner", owner)
                .bind("public", isPublic)
                .bind("metadata", text(metadata))
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** The project with this number. */
    public static Optional<Project> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " AND p.id = :id")
                .bind("id", id)
                .map(ProjectStore::project)
                .findOne();
    }

    /** The project with this number, held until the transaction ends. */
    public static Optional<Project> lock(Handle handle, long id) {
        return handle.createQuery(SELECT + " AND p.id = :id FOR UPDATE")
                .bind("id", id)
                .map(ProjectStore::project)
                .findOne();
    }

    /** The project with this name. */
    public static Optional<Project> find(Handle handle, String name) {
        return handle.createQuery(SELECT + " AND p.name = :name")
                .bind("name", name)
                .map(ProjectStore::project)
                .findOne();
    }

    /**
     * Who sees which projects.
     *
     * @param everything whether all projects are seen, those of others included
     * @param member the user whose private projects are seen too; null for public ones only
     * @param names private projects that are seen too
     */
    public record Sight(boolean everything, @Nullable UUID member, Set<String> names) {

        /** An immutable copy of the names. */
        public Sight {
            names = Set.copyOf(names);
        }

        /** Nothing is seen on account of its name. */
        public Sight(boolean everything, @Nullable UUID member) {
            this(everything, member, Set.of());
        }
    }

    /**
     * Which of them to list; null means any.
     *
     * @param name part of the name, whatever the case
     * @param isPublic public or private ones
     * @param owner the username of the owner, exactly
     */
    public record Filter(
            @Nullable String name,
            @Nullable Boolean isPublic,
            @Nullable String owner) {}

    /** The condition that a {@link Sight}, bound by the names of its parts, puts on a table or alias {@code p}. */
    public static final String SIGHT = """
            (:everything OR p.public OR p.name = ANY (:names)
             OR EXISTS (SELECT FROM registry.member m WHERE m.project_id = p.id AND m.user_id = :member))
            """;

    private static final String SEEN = " AND " + SIGHT + """
             AND (CAST(:name AS text) IS NULL OR position(lower(:name) IN p.name) > 0)
             AND (CAST(:public AS boolean) IS NULL OR p.public = :public)
             AND (CAST(:owner AS text) IS NULL OR EXISTS (
                  SELECT FROM tenancy.user_account u WHERE u.id = p.owner_id AND u.username = :owner))
            """;

    /** The projects that are seen and fit, by name. */
    public static List<Project> list(Handle handle, Sight sight, Filter filter, long offset, int limit) {
        return bind(handle.createQuery(SELECT + SEEN + " ORDER BY p.name LIMIT :limit OFFSET :offset"), sight, filter)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(ProjectStore::project)
                .list();
    }

    /** How many projects are seen and fit. */
    public static long count(Handle handle, Sight sight, Filter filter) {
        return bind(
                        handle.createQuery("SELECT count(*) FROM registry.project p WHERE p.deleted_at IS NULL" + SEEN),
                        sight,
                        filter)
                .mapTo(Long.class)
                .one();
    }

    private static Query bind(Query query, Sight sight, Filter filter) {
        return query.bind("everything", sight.everything())
                .bind("member", sight.member())
                .bindArray("names", String.class, sight.names())
                .bind("name", filter.name())
                .bind("public", filter.isPublic())
                .bind("owner", filter.owner());
    }

    /** Sets whether it is public, and its other settings as a whole. */
    public static void update(Handle handle, long id, boolean isPublic, Map<String, String> metadata, Instant now) {
        handle.createUpdate("UPDATE registry.project SET public = :public, metadata = CAST(:metadata AS jsonb),"
                        + " updated_at = :now WHERE id = :id")
                .bind("public", isPublic)
                .bind("metadata", text(metadata))
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    /** Marks it as deleted, which frees its name, and ends its memberships. */
    public static void delete(Handle handle, long id, Instant now) {
        handle.execute("UPDATE registry.project SET deleted_at = ? WHERE id = ?", now, id);
        handle.execute("DELETE FROM registry.member WHERE project_id = ?", id);
    }

    private static String text(Map<String, String> metadata) {
        return Json.mapper().writeValueAsString(metadata);
    }

    /** Reads {@link #COLUMNS}. */
    public static Project project(ResultSet row, StatementContext context) throws SQLException {
        return read(row);
    }

    /** Reads {@link #COLUMNS}. */
    public static Project read(ResultSet row) throws SQLException {
        return new Project(
                row.getLong("id"),
                row.getObject("organization_id", UUID.class),
                row.getString("name"),
                row.getObject("owner_id", UUID.class),
                row.getBoolean("public"),
                strings(row.getString("metadata")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Map<String, String> strings(String json) {
        if (json.equals(NO_SETTINGS)) {
            return Map.of();
        }
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : Json.mapper().readTree(json).properties()) {
            strings.put(member.getKey(), member.getValue().asString());
        }
        return strings;
    }
}
