package dev.breakwater.registry.quota;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of limits, and what projects use beside them. Deleted projects are not seen. */
public final class QuotaStore {

    private static final RowMapper<Quota> QUOTA = ConstructorMapper.of(Quota.class);

    private static final String SELECT = """
            SELECT p.id AS project_id, p.name AS project_name, u.username AS owner_name,
                   COALESCE(q.storage, -1) AS storage,
                   COALESCE((SELECT s.bytes FROM registry.project_usage s WHERE s.project_id = p.id), 0)
                   + COALESCE((SELECT sum(c.bytes) FROM registry.project_usage_change c
                               WHERE c.project_id = p.id), 0)::bigint AS used,
                   p.created_at, COALESCE(q.updated_at, p.created_at) AS updated_at
            FROM registry.project p
            JOIN tenancy.user_account u ON u.id = p.owner_id
            LEFT JOIN registry.quota q ON q.project_id = p.id
            WHERE p.deleted_at IS NULL
            """;

    private static final Map<String, String> ORDERS = Map.of(
            "hard.storage", "storage",
            "used.storage", "used",
            "creation_time", "created_at",
            "update_time", "updated_at",
            "id", "project_id");

    private QuotaStore() {}

    /** Sets the limit of a project. */
    static void put(Handle handle, long project, long storage, Instant now) {
        handle.createUpdate("INSERT INTO registry.quota (project_id, storage, updated_at)"
                        + " VALUES (:project, :storage, :now) ON CONFLICT (project_id)"
                        + " DO UPDATE SET storage = excluded.storage, updated_at = excluded.updated_at")
                .bind("project", project)
                .bind("storage", storage)
                .bind("now", now)
                .execute();
    }

    /** The quota of a project. */
    public static Optional<Quota> find(Handle handle, long project) {
        return handle.createQuery(SELECT + " AND p.id = :project")
                .bind("project", project)
                .map(QUOTA)
                .findOne();
    }

    /** Whether lists can be sorted by this. */
    public static boolean isSortable(String key) {
        return ORDERS.containsKey(key);
    }

    /**
     * Quotas in an order.
     *
     * @param project of this project only; null for all
     * @param key one that {@link #isSortable}
     * @param descending whether the largest comes first
     */
    public static List<Quota> list(
            Handle handle, @Nullable Long project, String key, boolean descending, long offset, int limit) {
        String order = ORDERS.getOrDefault(key, "project_id") + (descending ? " DESC" : "");
        return handle.createQuery("SELECT * FROM (" + SELECT
                        + " AND (CAST(:project AS bigint) IS NULL OR p.id = :project)) listed ORDER BY "
                        + order + ", project_id LIMIT :limit OFFSET :offset")
                .bind("project", project)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(QUOTA)
                .list();
    }

    /** How many quotas there are, all or those of one project. */
    public static long count(Handle handle, @Nullable Long project) {
        return handle.createQuery("SELECT count(*) FROM registry.project p WHERE p.deleted_at IS NULL"
                        + " AND (CAST(:project AS bigint) IS NULL OR p.id = :project)")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }
}
