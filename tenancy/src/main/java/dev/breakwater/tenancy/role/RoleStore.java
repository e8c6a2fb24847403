package dev.breakwater.tenancy.role;

import dev.breakwater.kernel.identity.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The tables of roles and of their assignments. */
public final class RoleStore {

    private static final RowMapper<Role> ROLE = ConstructorMapper.of(Role.class);
    private static final RowMapper<RoleAssignment> ASSIGNMENT = ConstructorMapper.of(RoleAssignment.class);
    private static final String SELECT_ROLE = "SELECT id, identifier, name, scope_level, permissions FROM tenancy.role";
    private static final String SELECT_ASSIGNMENT = "SELECT a.id, r.identifier AS role, a.user_id,"
            + " a.service_account_id, a.organization_id, a.created_at"
            + " FROM tenancy.role_assignment a JOIN tenancy.role r ON r.id = a.role_id";

    private RoleStore() {}

    /** All roles, by identifier. */
    static List<Role> roles(Handle handle) {
        return handle.createQuery(SELECT_ROLE + " ORDER BY identifier")
                .map(ROLE)
                .list();
    }

    /** The role with this identifier. */
    static Optional<Role> role(Handle handle, String identifier) {
        return handle.createQuery(SELECT_ROLE + " WHERE identifier = :identifier")
                .bind("identifier", identifier)
                .map(ROLE)
                .findOne();
    }

    /** The permissions of one assignment. */
    public record Granted(@Nullable UUID organizationId, List<String> permissions) {}

    /** What a user or a service account is granted; nothing when it is disabled, deleted or anything else. */
    static Grants grants(Handle handle, Principal caller) {
        return switch (caller.kind()) {
            case USER -> isAdministrator(handle, caller.id()) ? Grants.EVERYTHING : assigned(handle, "user_id", caller);
            case SERVICE_ACCOUNT -> assigned(handle, "service_account_id", caller);
            case ROBOT, API_KEY, ANONYMOUS -> Grants.NOTHING;
        };
    }

    private static boolean isAdministrator(Handle handle, UUID user) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM tenancy.user_account"
                        + " WHERE id = :id AND administrator AND deleted_at IS NULL)")
                .bind("id", user)
                .mapTo(boolean.class)
                .one();
    }

    private static Grants assigned(Handle handle, String holder, Principal caller) {
        List<String> everywhere = new ArrayList<>();
        Map<UUID, List<String>> byOrganization = new HashMap<>();
        handle.createQuery("SELECT a.organization_id, r.permissions FROM tenancy.role_assignment a"
                        + " JOIN tenancy.role r ON r.id = a.role_id"
                        + " WHERE a.project_id IS NULL AND a." + holder + " = :holder")
                .bind("holder", caller.id())
                .map(ConstructorMapper.of(Granted.class))
                .forEach(granted -> {
                    if (granted.organizationId() == null) {
                        everywhere.addAll(granted.permissions());
                    } else {
                        byOrganization
                                .computeIfAbsent(granted.organizationId(), id -> new ArrayList<>())
                                .addAll(granted.permissions());
                    }
                });
        return new Grants(everywhere, byOrganization);
    }

    static boolean isUser(Handle handle, UUID id) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT FROM tenancy.user_account WHERE id = :id AND deleted_at IS NULL)")
                .bind("id", id)
                .mapTo(boolean.class)
                .one();
    }

    static boolean isServiceAccount(Handle handle, UUID id, UUID organization) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM tenancy.service_account"
                        + " WHERE id = :id AND organization_id = :organization)")
                .bind("id", id)
                .bind("organization", organization)
                .mapTo(boolean.class)
                .one();
    }

    /** Adds an assignment; false when it exists already. */
    static boolean assign(Handle handle, RoleAssignment assignment, UUID role) {
        return handle.createUpdate("INSERT INTO tenancy.role_assignment"
                                + " (id, role_id, user_id, service_account_id, organization_id, created_at)"
                                + " VALUES (:id, :roleId, :userId, :serviceAccountId, :organizationId, :createdAt)"
                                + " ON CONFLICT DO NOTHING")
                        .bindMethods(assignment)
                        .bind("roleId", role)
                        .execute()
                == 1;
    }

    static Optional<RoleAssignment> assignment(Handle handle, UUID id) {
        return handle.createQuery(SELECT_ASSIGNMENT + " WHERE a.id = :id")
                .bind("id", id)
                .map(ASSIGNMENT)
                .findOne();
    }

    /** The assignments in one organization, or in the whole account, newest first, those before {@code after} only. */
    static List<RoleAssignment> assignments(
            Handle handle, @Nullable UUID organization, @Nullable UUID after, int limit) {
        return handle.createQuery(SELECT_ASSIGNMENT + """
                         WHERE a.organization_id IS NOT DISTINCT FROM :organization
                           AND (CAST(:after AS uuid) IS NULL OR a.id < :after)
                         ORDER BY a.id DESC LIMIT :limit
                        """)
                .bind("organization", organization)
                .bind("after", after)
                .bind("limit", limit)
                .map(ASSIGNMENT)
                .list();
    }

    static void unassign(Handle handle, UUID id) {
        handle.execute("DELETE FROM tenancy.role_assignment WHERE id = ?", id);
    }

    /** Takes all roles from a user. */
    public static void unassignAll(Handle handle, UUID user) {
        handle.execute("DELETE FROM tenancy.role_assignment WHERE user_id = ?", user);
    }
}
