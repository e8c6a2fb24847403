package dev.breakwater.registry.repository;

import dev.breakwater.registry.project.ProjectStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of repositories. Only those are shown that have a manifest which is not deleted. */
public final class RepositoryStore {

    private static final RowMapper<Repository> REPOSITORY = ConstructorMapper.of(Repository.class);

    /** A repository with its counts; whoever adds conditions does so with {@code AND}. */
    private static final String COLUMNS = """
            SELECT r.id, r.project_id, r.name, r.description, r.pull_count, r.created_at, r.updated_at,
                   (SELECT count(*) FROM registry.tag t WHERE t.repository_id = r.id) AS tag_count,
                   (SELECT count(*) FROM registry.manifest m
                    WHERE m.repository_id = r.id AND m.deleted_at IS NULL) AS artifact_count
            """;

    private static final String SELECT = COLUMNS + " FROM registry.repository r";

    private static final String SELECT_SEEN = COLUMNS + ", p.name AS project_name, p.public AS project_public"
            + " FROM registry.repository r JOIN registry.project p ON p.id = r.project_id";

    private static final String SHOWN = """
             WHERE EXISTS (SELECT FROM registry.manifest m WHERE m.repository_id = r.id AND m.deleted_at IS NULL)
            """;

    /** Those that the 2017 API shows: what has no tag is not there. */
    private static final String TAGGED = " WHERE EXISTS (SELECT FROM registry.tag t WHERE t.repository_id = r.id)";

    private static final String FITTING = """
             AND r.project_id = ANY (:projects)
             AND (CAST(:name AS text) IS NULL OR position(:name IN r.name) > 0)
            """;

    private RepositoryStore() {}

    /** The number of a repository, made when there is none yet. */
    public static long findOrCreate(Handle handle, long project, String name, Instant now) {
        return findId(handle, project, name)
                .orElseGet(() -> handle.createQuery("""
                        INSERT INTO registry.repository (project_id, name, created_at, updated_at)
                        VALUES (:project, :name, :now, :now)
                        ON CONFLICT (project_id, name) DO UPDATE SET name = excluded.name RETURNING id
                        """)
                        .bind("project", project)
                        .bind("name", name)
                        .bind("now", now)
                        .mapTo(Long.class)
                        .one());
    }

    /** The number of a repository, be it shown or not. */
    public static Optional<Long> findId(Handle handle, long project, String name) {
        return handle.createQuery("SELECT id FROM registry.repository WHERE project_id = :project AND name = :name")
                .bind("project", project)
                .bind("name", name)
                .mapTo(Long.class)
                .findOne();
    }

    /** The repository with this whole name. */
    public static Optional<Repository> find(Handle handle, long project, String name) {
        return handle.createQuery(SELECT + SHOWN + " AND r.project_id = :project AND r.name = :name")
                .bind("project", project)
                .bind("name", name)
                .map(REPOSITORY)
                .findOne();
    }

    /**
     * The repositories of some projects, by number or by name.
     *
     * @param name part of the whole name; null for all
     */
    public static List<Repository> list(
            Handle handle, List<Long> projects, @Nullable String name, Order order, long offset, int limit) {
        return handle.createQuery(SELECT + SHOWN + FITTING + " ORDER BY " + order.sql + " LIMIT :limit OFFSET :offset")
                .bindArray("projects", Long.class, projects)
                .bind("name", name)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(REPOSITORY)
                .list();
    }

    /**
     * The names of all repositories of the installation that hold something, in byte order.
     *
     * @param after only those greater than this; null for all
     * @param limit at most so many; null for all
     */
    public static List<String> catalog(Handle handle, @Nullable String after, @Nullable Integer limit) {
        return handle.createQuery("SELECT r.name FROM registry.repository r"
                        + " JOIN registry.project p ON p.id = r.project_id AND p.deleted_at IS NULL"
                        + SHOWN + " AND (CAST(:after AS text) IS NULL OR r.name > :after)"
                        + " ORDER BY r.name LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** In which order to list. */
    public enum Order {
        /** As they were made. */
        NUMBER("r.id"),
        /** By their whole names. */
        NAME("r.name"),
        /** The most pulled ones first. */
        PULLS("r.pull_count DESC, r.name");

        private final String sql;

        Order(String sql) {
            this.sql = sql;
        }
    }

    /** How many repositories of some projects fit. */
    public static long count(Handle handle, List<Long> projects, @Nullable String name) {
        return handle.createQuery("SELECT count(*) FROM registry.repository r" + SHOWN + FITTING)
                .bindArray("projects", Long.class, projects)
                .bind("name", name)
                .mapTo(Long.class)
                .one();
    }

    /** The same as {@link #list}, by number, of those that have a tag. */
    public static List<Repository> listTagged(Handle handle, long project, String name, long offset, int limit) {
        return handle.createQuery(SELECT + TAGGED + FITTING + " ORDER BY r.id LIMIT :limit OFFSET :offset")
                .bindArray("projects", Long.class, List.of(project))
                .bind("name", name)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(REPOSITORY)
                .list();
    }

    /** How many repositories of a project have a tag and fit. */
    public static long countTagged(Handle handle, long project, String name) {
        return handle.createQuery("SELECT count(*) FROM registry.repository r" + TAGGED + FITTING)
                .bindArray("projects", Long.class, List.of(project))
                .bind("name", name)
                .mapTo(Long.class)
                .one();
    }

    /** How many repositories with a tag some projects have; nothing where a project has none. */
    public static Map<Long, Long> countsTagged(Handle handle, Collection<Long> projects) {
        Map<Long, Long> counts = new HashMap<>();
        handle.createQuery("SELECT r.project_id, count(*) AS repositories FROM registry.repository r" + TAGGED
                        + " AND r.project_id = ANY (:projects) GROUP BY r.project_id")
                .bindArray("projects", Long.class, projects)
                .map((row, context) -> Map.entry(row.getLong("project_id"), row.getLong("repositories")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** A repository together with what a list says of its project. */
    public record Seen(Repository repository, String projectName, boolean projectPublic) {}

    /**
     * The repositories with a tag of all projects that are seen.
     *
     * @param name part of the whole name, as it is spelled
     */
    public static List<Seen> listTaggedSeen(
            Handle handle, ProjectStore.Sight sight, String name, Order order, int limit) {
        RowMapper<Repository> repository = REPOSITORY;
        return handle.createQuery(SELECT_SEEN + TAGGED + " AND p.deleted_at IS NULL AND " + ProjectStore.SIGHT
                        + " AND position(:name IN r.name) > 0 ORDER BY " + order.sql + " LIMIT :limit")
                .bind("everything", sight.everything())
                .bind("member", sight.member())
                .bindArray("names", String.class, sight.names())
                .bind("name", name)
                .bind("limit", limit)
                .map((row, context) -> new Seen(
                        repository.map(row, context), row.getString("project_name"), row.getBoolean("project_public")))
                .list();
    }

    /** How often a manifest was pulled from it. */
    public static long pulls(Handle handle, long id) {
        return handle.createQuery("SELECT pull_count FROM registry.repository WHERE id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one();
    }

    /** Sets what its owners say of it. */
    public static void describe(Handle handle, long id, String description, Instant now) {
        handle.execute(
                "UPDATE registry.repository SET description = ?, updated_at = ? WHERE id = ?", description, now, id);
    }
}
