package dev.breakwater.tenancy.role;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/roles} and {@code /admin/v1/role_assignments}. */
public final class RoleHandlers {

    private static final String THING = "role assignment";
    private static final String VIEW = "core_role_view";
    private static final String EDIT = "core_role_edit";

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final TimeSource time;
    private final Ids ids;

    /** Nobody can give a role that allows more than the giver may do. */
    public RoleHandlers(Database database, Access access, Audit audit, TimeSource time, Ids ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.time = time;
        this.ids = ids;
    }

    private record RoleView(String identifier, String name, String scopeLevel, List<String> permissions) {

        static RoleView of(Role role) {
            return new RoleView(
                    role.identifier(), role.name(), role.scopeLevel().text(), role.permissions());
        }
    }

    private record Roles(List<RoleView> data) {}

    private record View(
            String id,
            String role,
            @Nullable String userId,
            @Nullable String serviceAccountId,
            @Nullable String organizationId,
            Instant createdAt) {

        static View of(RoleAssignment assignment) {
            return new View(
                    text(assignment),
                    assignment.role(),
                    assignment.userId() == null ? null : Ids.text("usr", assignment.userId()),
                    assignment.serviceAccountId() == null ? null : Ids.text("sa", assignment.serviceAccountId()),
                    assignment.organizationId() == null ? null : Ids.text("org", assignment.organizationId()),
                    Fields.seconds(assignment.createdAt()));
        }
    }

    private static String text(RoleAssignment assignment) {
        return Ids.text("ra", assignment.id());
    }

    /** The roles that can be assigned: the same for everybody, and no secret. */
    public Answer roles(Call call) {
        return Answer.json(
                200,
                new Roles(database.query(RoleStore::roles).stream()
                        .filter(role -> role.scopeLevel() != Role.ScopeLevel.PROJECT)
                        .map(RoleView::of)
                        .toList()));
    }

    /** The assignments in the organization {@code organization_id}, or without it in the whole account. */
    public Answer list(Call call) {
        @Nullable UUID organization = organization(call.principal(), call.query("organization_id"));
        access.require(call.principal(), VIEW, organization);
        PageRequest page = PageRequest.of(call, "ra");
        List<RoleAssignment> rows =
                database.query(handle -> RoleStore.assignments(handle, organization, page.after(), page.rows()));
        return page.answer(rows, RoleAssignment::id, View::of);
    }

    /** Gives a {@code role} to a user or a service account, in one organization or in the whole account. */
    public Answer create(Call call) {
        JsonBody body = JsonBody.of(call);
        @Nullable UUID organization = organization(call.principal(), body.optionalString("organization_id"));
        access.require(call.principal(), EDIT, organization);
        String identifier = body.string("role");
        Role role = database.query(handle -> RoleStore.role(handle, identifier))
                .filter(found -> found.scopeLevel() != Role.ScopeLevel.PROJECT)
                .orElseThrow(() -> Json.invalidValue("role", "there is no role %s".formatted(identifier)));
        requireFits(role, organization);
        role.permissions().forEach(permission -> access.require(call.principal(), permission, organization));
        RoleAssignment assignment = holder(body, role.identifier(), organization);
        database.transact(handle -> {
            if (!RoleStore.assign(handle, assignment, role.id())) {
                throw new Failure.Conflict("already_exists", "This role has already been assigned there.");
            }
            audit.record(handle, call, organization, "role_assignment.created", text(assignment));
            return true;
        });
        return Answer.json(201, View.of(assignment));
    }

    private static void requireFits(Role role, @Nullable UUID organization) {
        if (role.scopeLevel() == Role.ScopeLevel.ACCOUNT && organization != null) {
            throw Json.invalidValue("organization_id", "%s is for the whole account".formatted(role.identifier()));
        }
        if (role.scopeLevel() == Role.ScopeLevel.ORGANIZATION && organization == null) {
            throw Json.missing("organization_id");
        }
    }

    private RoleAssignment holder(JsonBody body, String role, @Nullable UUID organization) {
        Optional<String> user = body.optionalString("user_id");
        Optional<String> service = body.optionalString("service_account_id");
        if (user.isPresent() == service.isPresent()) {
            throw new Failure.Invalid("user_id", "Name either user_id or service_account_id.");
        }
        @Nullable UUID userId = user.map(this::user).orElse(null);
        @Nullable
        UUID serviceId = service.map(text -> serviceAccount(text, organization)).orElse(null);
        return new RoleAssignment(ids.next(), role, userId, serviceId, organization, time.instant());
    }

    private UUID user(String text) {
        return Ids.parse("usr", text)
                .filter(id -> database.<Boolean>query(handle -> RoleStore.isUser(handle, id)))
                .orElseThrow(() -> Json.invalidValue("user_id", "there is no user %s".formatted(text)));
    }

    /** A service account of an organization gets roles there only. */
    private UUID serviceAccount(String text, @Nullable UUID organization) {
        return Ids.parse("sa", text)
                .filter(id -> organization != null
                        && database.<Boolean>query(handle -> RoleStore.isServiceAccount(handle, id, organization)))
                .orElseThrow(() -> Json.invalidValue(
                        "service_account_id", "there is no service account %s in this organization".formatted(text)));
    }

    /** Takes a role back. */
    public Answer delete(Call call) {
        UUID id = Fields.pathId(call, "ra", THING);
        RoleAssignment assignment = database.query(handle -> RoleStore.assignment(handle, id))
                .filter(found -> found.organizationId() == null
                        ? access.allows(call.principal(), VIEW, null)
                        : access.sees(call.principal(), found.organizationId()))
                .orElseThrow(() -> Fields.notFound(call, THING));
        access.require(call.principal(), EDIT, assignment.organizationId());
        database.transact(handle -> {
            RoleStore.unassign(handle, id);
            audit.record(handle, call, assignment.organizationId(), "role_assignment.deleted", text(assignment));
            return true;
        });
        return Answer.empty(204);
    }

    private @Nullable UUID organization(Principal caller, Optional<String> named) {
        return named.isEmpty() ? null : access.organization(caller, named);
    }
}
