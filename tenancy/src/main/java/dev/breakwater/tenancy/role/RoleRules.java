package dev.breakwater.tenancy.role;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.Members;
import dev.breakwater.tenancy.request.Fields;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rules of giving and taking roles, which hold for the admin API and for pages alike. */
public final class RoleRules {

    static final String THING = "role assignment";
    static final String PREFIX = "ra";

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final TimeSource time;
    private final Ids ids;

    /** Nobody can give a role that allows more than the giver may do. */
    public RoleRules(Database database, Access access, Audit audit, TimeSource time, Ids ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.time = time;
        this.ids = ids;
    }

    /** The roles that can be given, by identifier. */
    public List<Role> assignable() {
        return database.query(RoleStore::roles).stream()
                .filter(role -> role.scopeLevel() != Role.ScopeLevel.PROJECT)
                .toList();
    }

    /**
     * A role that this caller may give there.
     *
     * @param organization where it is to apply; null for the whole account
     * @throws Failure.Invalid when there is no such role, or not for that
     * @throws Failure.Forbidden when it allows more than the caller may do
     */
    public Role assignable(Principal caller, String identifier, @Nullable UUID organization) {
        access.require(caller, Members.EDIT, organization);
        Role role = database.query(handle -> RoleStore.role(handle, identifier))
                .filter(found -> found.scopeLevel() != Role.ScopeLevel.PROJECT)
                .orElseThrow(() -> Json.invalidValue("role", "there is no role %s".formatted(identifier)));
        requireFits(role, organization);
        role.permissions().forEach(permission -> access.require(caller, permission, organization));
        return role;
    }

    private static void requireFits(Role role, @Nullable UUID organization) {
        if (role.scopeLevel() == Role.ScopeLevel.ACCOUNT && organization != null) {
            throw Json.invalidValue("organization_id", "%s is for the whole account".formatted(role.identifier()));
        }
        if (role.scopeLevel() == Role.ScopeLevel.ORGANIZATION && organization == null) {
            throw Json.missing("organization_id");
        }
    }

    /**
     * Gives a role that may be given, in the transaction of the request.
     *
     * @throws Failure.Conflict when the holder has it already
     */
    public RoleAssignment assign(
            Handle handle,
            Call call,
            Role role,
            @Nullable UUID user,
            @Nullable UUID serviceAccount,
            @Nullable UUID organization) {
        RoleAssignment assignment =
                new RoleAssignment(ids.next(), role.identifier(), user, serviceAccount, organization, time.instant());
        if (!RoleStore.assign(handle, assignment, role.id())) {
            throw new Failure.Conflict("already_exists", "This role has already been assigned there.");
        }
        audit.record(handle, call, organization, "role_assignment.created", text(assignment));
        return assignment;
    }

    /** The assignments in one organization, or in the whole account, newest first. */
    public List<RoleAssignment> list(Principal caller, @Nullable UUID organization, @Nullable UUID after, int limit) {
        access.require(caller, Members.VIEW, organization);
        return database.query(handle -> RoleStore.assignments(handle, organization, after, limit));
    }

    /**
     * Takes a role back.
     *
     * @throws Failure.NotFound when there is no such assignment for this caller
     */
    public void unassign(Call call, String id) {
        RoleAssignment assignment = Ids.parse(PREFIX, id)
                .flatMap(parsed -> database.query(handle -> RoleStore.assignment(handle, parsed)))
                .filter(found -> found.organizationId() == null
                        ? access.allows(call.principal(), Members.VIEW, null)
                        : access.sees(call.principal(), found.organizationId()))
                .orElseThrow(() -> Fields.notFound(THING, id));
        access.require(call.principal(), Members.EDIT, assignment.organizationId());
        database.transact(handle -> {
            RoleStore.unassign(handle, assignment.id());
            audit.record(handle, call, assignment.organizationId(), "role_assignment.deleted", text(assignment));
            return true;
        });
    }

    static String text(RoleAssignment assignment) {
        return Ids.text(PREFIX, assignment.id());
    }
}
