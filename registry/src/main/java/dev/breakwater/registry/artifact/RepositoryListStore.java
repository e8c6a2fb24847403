package dev.breakwater.registry.artifact;

import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.repository.Repository;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Lists of repositories, narrowed and sorted in any way. Those without artifacts are not shown. */
public final class RepositoryListStore {

    private static final RowMapper<Repository> REPOSITORY = ConstructorMapper.of(Repository.class);

    /** By what they can be narrowed and sorted, as the present-day API spells it. */
    public static final Columns COLUMNS = new Columns("r.id")
            .number("repository_id", "r.id")
            .number("id", "r.id")
            .number("project_id", "r.project_id")
            .text("name", "r.name")
            .text("description", "r.description")
            .number("pull_count", "r.pull_count")
            .time("creation_time", "r.created_at")
            .time("update_time", "r.updated_at");

    private static final String SELECT = """
            SELECT r.id, r.project_id, r.name, r.description, r.pull_count, r.created_at, r.updated_at,
                   (SELECT count(*) FROM registry.tag t WHERE t.repository_id = r.id) AS tag_count,
                   (SELECT count(*) FROM registry.manifest m
                    WHERE (m.repository_id + 0) = r.id AND m.deleted_at IS NULL) -
            """ + ArtifactListStore.NOT_SHOWN + " AS artifact_count";

    private static final String FROM = """
             FROM registry.repository r JOIN registry.project p ON p.id = r.project_id AND p.deleted_at IS NULL
            WHERE EXISTS (SELECT FROM registry.manifest m WHERE m.repository_id = r.id AND m.deleted_at IS NULL)
            """;

    private static final String SELECT_PUSHED = SELECT + """
            , (SELECT coalesce(sum(rb.size), 0) FROM registry.repository_blob rb WHERE (rb.repository_id + 0) = r.id)
                AS bytes, pushed.at AS pushed_at
            FROM registry.repository r CROSS JOIN LATERAL (
                SELECT m.pushed_at AS at FROM registry.manifest m
                WHERE (m.repository_id + 0) = r.id AND m.deleted_at IS NULL
                ORDER BY m.pushed_at DESC, m.id DESC LIMIT 1) AS pushed
            WHERE r.project_id = :project
            """;

    private RepositoryListStore() {}

    /** Those that fit, in this order, which is a whole {@code ORDER BY}. */
    public static List<Repository> list(Handle handle, Condition condition, String order, long offset, int limit) {
        return condition
                .bind(handle.createQuery(SELECT + FROM + condition.sql() + order + " LIMIT :limit OFFSET :offset"))
                .bind("limit", limit)
                .bind("offset", offset)
                .map(REPOSITORY)
                .list();
    }

    /** How many fit. */
    public static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .mapTo(Long.class)
                .one();
    }

    /** The repository of a project with this whole name. */
    public static Optional<Repository> find(Handle handle, long project, String name) {
        return handle.createQuery(SELECT + FROM + " AND r.project_id = :project AND r.name = :name")
                .bind("project", project)
                .bind("name", name)
                .map(REPOSITORY)
                .findOne();
    }

    /**
     * A repository with what was last pushed to it.
     *
     * @param repository itself
     * @param bytes of its blobs together
     * @param pushedAt when something was last pushed to it that is still there
     */
    public record Pushed(Repository repository, long bytes, Instant pushedAt) {}

    /** In which order to list them. */
    public enum Order {
        /** The last pushed to first. */
        NEWEST(" ORDER BY pushed.at DESC, r.id DESC"),
        /** By their whole names. */
        NAME(" ORDER BY r.name");

        private final String sql;

        Order(String sql) {
            this.sql = sql;
        }
    }

    /** That a repository comes after one in the order of {@link Order#NEWEST}. */
    public static Condition pushedBefore(Instant at, long repository) {
        return Condition.of(
                "(pushed.at, r.id) < (:pushed_at, :pushed_id)", Map.of("pushed_at", at, "pushed_id", repository));
    }

    /** The repositories of a project that fit. */
    public static List<Pushed> pushed(Handle handle, long project, Condition condition, Order order, int limit) {
        RowMapper<Repository> repository = REPOSITORY;
        return condition
                .bind(handle.createQuery(SELECT_PUSHED + condition.sql() + order.sql + " LIMIT :limit"))
                .bind("project", project)
                .bind("limit", limit)
                .map((row, context) -> new Pushed(
                        repository.map(row, context),
                        row.getLong("bytes"),
                        row.getObject("pushed_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
