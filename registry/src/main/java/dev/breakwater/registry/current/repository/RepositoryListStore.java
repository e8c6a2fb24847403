package dev.breakwater.registry.current.repository;

import dev.breakwater.registry.current.artifact.ArtifactListStore;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.repository.Repository;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Lists of repositories, narrowed and sorted in any way that the API offers. Those without artifacts are not shown. */
public final class RepositoryListStore {

    private static final RowMapper<Repository> REPOSITORY = ConstructorMapper.of(Repository.class);

    static final Columns COLUMNS = new Columns("r.id")
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
                   (SELECT count(*) FROM registry.manifest m WHERE m.repository_id = r.id AND m.deleted_at IS NULL
            """ + ArtifactListStore.OWN + ") AS artifact_count";

    private static final String FROM = """
             FROM registry.repository r JOIN registry.project p ON p.id = r.project_id AND p.deleted_at IS NULL
            WHERE EXISTS (SELECT FROM registry.manifest m WHERE m.repository_id = r.id AND m.deleted_at IS NULL)
            """;

    private RepositoryListStore() {}

    /** A page of the repositories that fit, in this order, which is a whole {@code ORDER BY}. */
    public static List<Repository> list(Handle handle, Condition condition, String order, Page page) {
        return condition
                .bind(handle.createQuery(SELECT + FROM + condition.sql() + order + " LIMIT :limit OFFSET :offset"))
                .bind("limit", page.size())
                .bind("offset", page.offset())
                .map(REPOSITORY)
                .list();
    }

    static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .mapTo(Long.class)
                .one();
    }

    static Optional<Repository> find(Handle handle, long project, String name) {
        return handle.createQuery(SELECT + FROM + " AND r.project_id = :project AND r.name = :name")
                .bind("project", project)
                .bind("name", name)
                .map(REPOSITORY)
                .findOne();
    }
}
