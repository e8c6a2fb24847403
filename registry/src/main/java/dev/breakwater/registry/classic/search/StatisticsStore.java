package dev.breakwater.registry.classic.search;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Counts projects and repositories, by who sees them. */
final class StatisticsStore {

    private StatisticsStore() {}

    /** How many there are: public ones, private ones of which the user is a member, and all. */
    record Counts(long open, long own, long total) {}

    private static final String COUNTS = """
            SELECT count(*) FILTER (WHERE p.public) AS open,
                   count(*) FILTER (WHERE NOT p.public AND m.id IS NOT NULL) AS own,
                   count(*) AS total
            FROM registry.project p
            LEFT JOIN registry.member m ON m.project_id = p.id AND m.user_id = :user
            """;

    static Counts projects(Handle handle, @Nullable UUID user) {
        return counts(handle, COUNTS + "WHERE p.deleted_at IS NULL", user);
    }

    static Counts repositories(Handle handle, @Nullable UUID user) {
        return counts(handle, COUNTS + """
                JOIN registry.repository r ON r.project_id = p.id
                WHERE p.deleted_at IS NULL AND EXISTS (
                    SELECT FROM registry.tag t WHERE t.repository_id = r.id)
                """, user);
    }

    private static Counts counts(Handle handle, String sql, @Nullable UUID user) {
        return handle.createQuery(sql)
                .bind("user", user)
                .map((row, context) -> new Counts(row.getLong("open"), row.getLong("own"), row.getLong("total")))
                .one();
    }
}
