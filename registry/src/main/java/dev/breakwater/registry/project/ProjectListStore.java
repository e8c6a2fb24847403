package dev.breakwater.registry.project;

import dev.breakwater.registry.listing.Condition;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Lists of projects, narrowed and sorted in any way, and counts about them. */
public final class ProjectListStore {

    private static final String FROM = " FROM registry.project p WHERE p.deleted_at IS NULL";
    private static final String SHOWN =
            "EXISTS (SELECT FROM registry.manifest m WHERE m.repository_id = r.id AND m.deleted_at IS NULL)";

    private ProjectListStore() {}

    /** That a caller sees a project, as a condition on the alias {@code p}. */
    public static Condition seen(ProjectStore.Sight sight) {
        if (sight.everything()) {
            return Condition.NONE;
        }
        Map<String, Object> values = new HashMap<>();
        values.put("seen_names", List.copyOf(sight.names()));
        String member = "";
        if (sight.member() != null) {
            values.put("seen_member", Objects.requireNonNull(sight.member()));
            member =
                    " OR EXISTS (SELECT FROM registry.member s WHERE s.project_id = p.id AND s.user_id = :seen_member)";
        }
        return Condition.of("(p.public OR p.name = ANY (:seen_names)" + member + ")", values);
    }

    /** The projects that fit, in this order, which is a whole {@code ORDER BY}. */
    public static List<Project> list(Handle handle, Condition condition, String order, long offset, int limit) {
        return condition
                .bind(handle.createQuery("SELECT " + ProjectStore.COLUMNS + FROM + condition.sql() + order
                        + " LIMIT :limit OFFSET :offset"))
                .bind("limit", limit)
                .bind("offset", offset)
                .map(ProjectStore::project)
                .list();
    }

    /** How many projects fit. */
    public static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .mapTo(Long.class)
                .one();
    }

    /** The numbers of the repositories of some projects; none for those without. */
    public static Map<Long, Long> repositoryCounts(Handle handle, Collection<Long> projects) {
        Map<Long, Long> counts = new HashMap<>();
        handle.createQuery("SELECT r.project_id, count(*) AS repositories FROM registry.repository r WHERE " + SHOWN
                        + " AND r.project_id = ANY (:projects) GROUP BY r.project_id")
                .bindArray("projects", Long.class, projects)
                .map((row, context) -> Map.entry(row.getLong("project_id"), row.getLong("repositories")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** Whether no repository of a project holds anything. */
    public static boolean isEmpty(Handle handle, long project) {
        return handle.createQuery(
                        "SELECT NOT EXISTS (SELECT FROM registry.repository r WHERE r.project_id = :project AND "
                                + SHOWN + ")")
                .bind("project", project)
                .mapTo(boolean.class)
                .one();
    }

    /** How many members of each role a project has. */
    public static Map<ProjectRole, Long> members(Handle handle, long project) {
        Map<ProjectRole, Long> members = new EnumMap<>(ProjectRole.class);
        handle.createQuery("SELECT m.role, count(*) AS members FROM registry.member m"
                        + " JOIN tenancy.user_account u ON u.id = m.user_id AND u.deleted_at IS NULL"
                        + " WHERE m.project_id = :project GROUP BY m.role")
                .bind("project", project)
                .map((row, context) -> Map.entry(row.getInt("role"), row.getLong("members")))
                .forEach(count ->
                        ProjectRole.numbered(count.getKey()).ifPresent(role -> members.put(role, count.getValue())));
        return members;
    }

    /** How many projects there are, with how many repositories. */
    public record Totals(long projects, long repositories) {}

    /** How many projects fit, with how many repositories. */
    public static Totals totals(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*) AS projects, coalesce(sum((SELECT count(*)"
                        + " FROM registry.repository r WHERE r.project_id = p.id AND " + SHOWN
                        + ")), 0) AS repositories" + FROM + condition.sql()))
                .map((row, context) -> new Totals(row.getLong("projects"), row.getLong("repositories")))
                .one();
    }

    /** That a user is a member of a project, as a condition on the alias {@code p}. */
    public static Condition member(UUID user) {
        return Condition.of(
                "EXISTS (SELECT FROM registry.member s WHERE s.project_id = p.id AND s.user_id = :own_member)",
                Map.of("own_member", user));
    }

    /** All that is stored, in bytes, each content once for each project that has it. */
    public static long storage(Handle handle) {
        return handle.createQuery("SELECT (SELECT coalesce(sum(bytes), 0) FROM registry.project_usage)"
                        + " + (SELECT coalesce(sum(bytes), 0) FROM registry.project_usage_change)")
                .mapTo(Long.class)
                .one();
    }
}
