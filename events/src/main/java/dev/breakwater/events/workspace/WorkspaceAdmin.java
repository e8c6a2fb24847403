package dev.breakwater.events.workspace;

import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.events.WorkspaceRegister.Change;
import dev.breakwater.events.WorkspaceRegister.Entry;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.http.RateLimitField;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.AdminRoutes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/workspaces}: making, listing, suspending and archiving workspaces (events.md 7.3, 14). */
public final class WorkspaceAdmin implements AdminRoutes {

    private static final int MAX_RETENTION_DAYS = 36_500;

    private final WorkspaceRules rules;
    private final Access access;

    /** Handlers for administrators; the rules decide. */
    public WorkspaceAdmin(WorkspaceRules rules, Access access) {
        this.rules = rules;
        this.access = access;
    }

    @Override
    public void addTo(Surface.Builder surface) {
        surface.route("GET", PREFIX + "/workspaces", this::list)
                .route("POST", PREFIX + "/workspaces", this::create)
                .route("GET", PREFIX + "/workspaces/{id}", this::retrieve)
                .route("PATCH", PREFIX + "/workspaces/{id}", this::update);
    }

    private record View(
            String id,
            String organizationId,
            String environment,
            String name,
            String status,
            @Nullable String suspensionReason,
            int retentionDays,
            @Nullable Object rateLimit,
            String createdAt) {

        static View of(Workspace workspace) {
            Entry entry = WorkspaceRules.entry(workspace);
            RateLimit limit = entry.rateLimit();
            return new View(
                    entry.id(),
                    Ids.text("org", entry.organization()),
                    entry.environment().name().toLowerCase(Locale.ROOT),
                    entry.name(),
                    entry.status(),
                    entry.suspensionReason(),
                    entry.retentionDays(),
                    limit == null ? null : limit.view(),
                    WireTime.text(entry.createdAt()));
        }
    }

    private Answer list(Call call) {
        UUID organization = access.organization(call.principal(), call.query("organization_id"));
        access.require(call.principal(), WorkspaceRegister.VIEW, organization);
        PageRequest page = PageRequest.of(call, WorkspaceAccess.PREFIX);
        @Nullable
        Environment environment =
                call.query("environment").map(WorkspaceRules::environment).orElse(null);
        List<Workspace> rows = rules.list(call.principal(), organization, environment, page);
        return page.answer(rows, Workspace::id, View::of);
    }

    private Answer retrieve(Call call) {
        return Answer.json(
                200, View.of(rules.find(call.principal(), call.pathParameter("id"), WorkspaceRegister.VIEW)));
    }

    private Answer create(Call call) {
        JsonBody body = JsonBody.of(call);
        UUID organization = access.organization(call.principal(), body.optionalString("organization_id"));
        access.require(call.principal(), WorkspaceRegister.EDIT, organization);
        return Answer.json(
                201,
                View.of(rules.create(
                        call,
                        organization,
                        body.string("environment"),
                        body.string("name"),
                        retention(body),
                        RateLimitField.read(body))));
    }

    /** Absent fields stay as they are; {@code rate_limit: null} goes back to the installation's numbers. */
    private Answer update(Call call) {
        JsonBody body = JsonBody.of(call);
        Change change = new Change(
                body.optionalString("name"),
                body.optionalString("status"),
                body.optionalString("suspension_reason"),
                retention(body));
        return Answer.json(
                200,
                View.of(rules.change(
                        call,
                        call.pathParameter("id"),
                        new WorkspaceRules.Asked(change, RateLimitField.read(body), body.has(RateLimitField.NAME)))));
    }

    private static Optional<Integer> retention(JsonBody body) {
        return body.optionalInteger("retention_days", 0, MAX_RETENTION_DAYS);
    }
}
