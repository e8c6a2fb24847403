package dev.breakwater.registry.current;

import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.project.ProjectStore;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Lists of projects, narrowed and sorted in any way that the API offers, and counts about them. */
final class ProjectListStore {

    static final Columns COLUMNS = new Columns("p.id DESC")
            .number("project_id", "p.id")
            .text("name", "p.name")
            .truth("public", "p.public")
            .text("owner_name", "(SELECT u.username FROM tenancy.user_account u WHERE u.id = p.owner_id)")
            .time("creation_time", "p.created_at")
            .time("update_time", "p.updated_at");

    private static final String FROM = " FROM registry.project p WHERE p.deleted_at IS NULL";
    private static final String SHOWN =
            "EXISTS (SELECT FROM registry.manifest m WHERE m.repository_id = r.id AND m.deleted_at IS NULL)";

    private ProjectListStore() {}

    /** That a caller sees a project, as a condition on the alias {@code p}. */
    static Condition seen(ProjectStore.Sight sight) {
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

    static List<Project> list(Handle handle, Condition condition, String order, Page page) {
        return condition
                .bind(handle.createQuery("SELECT " + ProjectStore.COLUMNS + FROM + condition.sql() + order
                        + " LIMIT :limit OFFSET :offset"))
                .bind("limit", page.size())
                .bind("offset", page.offset())
                .map(ProjectStore::project)
                .list();
    }

    static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .mapTo(Long.class)
                .one();
    }

    /** The numbers of the repositories of some projects; none for those without. */
    static Map<Long, Long> repositoryCounts(Handle handle, Collection<Long> projects) {
        Map<Long, Long> counts = new HashMap<>();
        handle.createQuery("SELECT r.project_id, count(*) AS repositories FROM registry.repository r WHERE " + SHOWN
                        + " AND r.project_id = ANY (:projects) GROUP BY r.project_id")
                .bindArray("projects", Long.class, projects)
                .map((row, context) -> Map.entry(row.getLong("project_id"), row.getLong("repositories")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** How many members of each role a project has. */
    static Map<ProjectRole, Long> members(Handle handle, long project) {
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
    record Totals(long projects, long repositories) {}

    static Totals totals(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*) AS projects, coalesce(sum((SELECT count(*)"
                        + " FROM registry.repository r WHERE r.project_id = p.id AND " + SHOWN
                        + ")), 0) AS repositories" + FROM + condition.sql()))
                .map((row, context) -> new Totals(row.getLong("projects"), row.getLong("repositories")))
                .one();
    }

    /** That a user is a member of a project, as a condition on the alias {@code p}. */
    static Condition member(UUID user) {
        return Condition.of(
                "EXISTS (SELECT FROM registry.member s WHERE s.project_id = p.id AND s.user_id = :own_member)",
                Map.of("own_member", user));
    }

    /** All that is stored, in bytes, each content once for each project that has it. */
    static long storage(Handle handle) {
        return handle.createQuery("SELECT (SELECT coalesce(sum(bytes), 0) FROM registry.project_usage)"
                        + " + (SELECT coalesce(sum(bytes), 0) FROM registry.project_usage_change)")
                .mapTo(Long.class)
                .one();
    }
}
