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
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Members;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/roles} and {@code /admin/v1/role_assignments}. */
public final class RoleHandlers {

    private final Database database;
    private final RoleRules rules;
    private final Access access;

    /** The rules decide. */
    public RoleHandlers(Database database, RoleRules rules, Access access) {
        this.database = database;
        this.rules = rules;
        this.access = access;
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
                    RoleRules.text(assignment),
                    assignment.role(),
                    assignment.userId() == null ? null : Ids.text("usr", assignment.userId()),
                    assignment.serviceAccountId() == null ? null : Ids.text("sa", assignment.serviceAccountId()),
                    assignment.organizationId() == null ? null : Ids.text("org", assignment.organizationId()),
                    Fields.seconds(assignment.createdAt()));
        }
    }

    /** The roles that can be assigned: the same for everybody, and no secret. */
    public Answer roles(Call call) {
        return Answer.json(
                200, new Roles(rules.assignable().stream().map(RoleView::of).toList()));
    }

    /** The assignments in the organization {@code organization_id}, or without it in the whole account. */
    public Answer list(Call call) {
        @Nullable UUID organization = organization(call.principal(), call.query("organization_id"));
        access.require(call.principal(), Members.VIEW, organization);
        PageRequest page = PageRequest.of(call, RoleRules.PREFIX);
        List<RoleAssignment> rows = rules.list(call.principal(), organization, page.after(), page.rows());
        return page.answer(rows, RoleAssignment::id, View::of);
    }

    /** Gives a {@code role} to a user or a service account, in one organization or in the whole account. */
    public Answer create(Call call) {
        JsonBody body = JsonBody.of(call);
        @Nullable UUID organization = organization(call.principal(), body.optionalString("organization_id"));
        access.require(call.principal(), Members.EDIT, organization);
        Role role = rules.assignable(call.principal(), body.string("role"), organization);
        Optional<String> user = body.optionalString("user_id");
        Optional<String> service = body.optionalString("service_account_id");
        if (user.isPresent() == service.isPresent()) {
            throw new Failure.Invalid("user_id", "Name either user_id or service_account_id.");
        }
        @Nullable UUID userId = user.map(this::user).orElse(null);
        @Nullable
        UUID serviceId = service.map(text -> serviceAccount(text, organization)).orElse(null);
        return Answer.json(
                201,
                View.of(database.transact(
                        handle -> rules.assign(handle, call, role, userId, serviceId, organization))));
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
        rules.unassign(call, call.pathParameter("id"));
        return Answer.empty(204);
    }

    private @Nullable UUID organization(Principal caller, Optional<String> named) {
        return named.isEmpty() ? null : access.organization(caller, named);
    }
}
