package dev.breakwater.registry.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of members. Those of deleted users are not seen. */
public final class MemberStore {

    private static final String SELECT = "SELECT m.id, m.project_id, m.user_id, m.role FROM registry.member m"
            + " JOIN tenancy.user_account u ON u.id = m.user_id AND u.deleted_at IS NULL";

    private static final int MOST_ORGANIZATIONS = 500;

    private MemberStore() {}

    /** Adds a member and gives its number; empty when the user is a member already. */
    public static OptionalLong insert(Handle handle, long project, UUID user, ProjectRole role, Instant now) {
        return handle.createQuery("INSERT INTO registry.member (project_id, user_id, role, created_at)"
                        + " VALUES (:project, :user, :role, :now) ON CONFLICT DO NOTHING RETURNING id")
                .bind("project", project)
                .bind("user", user)
                .bind("role", role.number())
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** The role of a user in a project. */
    public static Optional<ProjectRole> role(Handle handle, long project, UUID user) {
        return ofUser(handle, project, user).map(Member::role);
    }

    /** The membership of a user in a project. */
    public static Optional<Member> ofUser(Handle handle, long project, UUID user) {
        return handle.createQuery(SELECT + " WHERE m.project_id = :project AND m.user_id = :user")
                .bind("project", project)
                .bind("user", user)
                .map(MemberStore::member)
                .findOne();
    }

    /** The member of a project with this number. */
    public static Optional<Member> find(Handle handle, long project, long id) {
        return handle.createQuery(SELECT + " WHERE m.project_id = :project AND m.id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(MemberStore::member)
                .findOne();
    }

    /** The organizations in whose projects a user is a member, 500 of them at most. */
    public static Set<UUID> organizations(Handle handle, UUID user) {
        return handle.createQuery("SELECT DISTINCT p.organization_id FROM registry.member m"
                        + " JOIN registry.project p ON p.id = m.project_id AND p.deleted_at IS NULL"
                        + " WHERE m.user_id = :user LIMIT " + MOST_ORGANIZATIONS)
                .bind("user", user)
                .mapTo(UUID.class)
                .set();
    }

    /** Whether a user is a member of a project of this organization. */
    public static boolean belongs(Handle handle, UUID user, UUID organization) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM registry.member m"
                        + " JOIN registry.project p ON p.id = m.project_id AND p.deleted_at IS NULL"
                        + " WHERE m.user_id = :user AND p.organization_id = :organization)")
                .bind("user", user)
                .bind("organization", organization)
                .mapTo(Boolean.class)
                .one();
    }

    /** The roles of a user in some projects; none where the user is no member. */
    public static Map<Long, ProjectRole> roles(Handle handle, UUID user, Collection<Long> projects) {
        Map<Long, ProjectRole> roles = new HashMap<>();
        handle.createQuery(SELECT + " WHERE m.user_id = :user AND m.project_id = ANY (:projects)")
                .bind("user", user)
                .bindArray("projects", Long.class, projects)
                .map(MemberStore::member)
                .forEach(member -> roles.put(member.projectId(), member.role()));
        return roles;
    }

    /**
     * The members of a project by username.
     *
     * @param name part of the usernames to list, whatever the case; empty for all
     */
    public static List<Member> list(Handle handle, long project, String name) {
        return handle.createQuery(SELECT + " WHERE m.project_id = :project"
                        + " AND position(lower(:name) IN lower(u.username)) > 0 ORDER BY u.username, m.id")
                .bind("project", project)
                .bind("name", name)
                .map(MemberStore::member)
                .list();
    }

    /** Gives a member another role; false when there is no such member. */
    public static boolean setRole(Handle handle, long project, UUID user, ProjectRole role) {
        return handle.execute(
                        "UPDATE registry.member SET role = ? WHERE project_id = ? AND user_id = ?",
                        role.number(),
                        project,
                        user)
                == 1;
    }

    /** Removes a member; false when there was none. */
    public static boolean delete(Handle handle, long project, UUID user) {
        return handle.execute("DELETE FROM registry.member WHERE project_id = ? AND user_id = ?", project, user) == 1;
    }

    private static Member member(ResultSet row, StatementContext context) throws SQLException {
        return new Member(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getObject("user_id", UUID.class),
                ProjectRole.numbered(row.getInt("role")).orElseThrow());
    }
}
