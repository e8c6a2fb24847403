package dev.breakwater.events.workspace;

import dev.breakwater.events.workspace.Workspace.Status;
import dev.breakwater.events.workspace.Workspace.SuspensionReason;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.http.RateLimitField;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.AdminRoutes;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/workspaces}: making, listing, suspending and archiving workspaces (events.md 7.3, 14). */
public final class WorkspaceAdmin implements AdminRoutes {

    private static final String VIEW = "events_workspace_view";
    private static final String EDIT = "events_workspace_edit";
    private static final int MAX_NAME = 120;
    private static final int MAX_RETENTION_DAYS = 36_500;

    private final Parts parts;

    /**
     * What these handlers work with.
     *
     * @param changed is told after the commit which workspace has changed
     */
    public record Parts(
            Database database,
            Access access,
            Audit audit,
            Ids ids,
            DeliveryControl deliveries,
            Consumer<UUID> changed) {}

    /** Handlers for administrators. */
    public WorkspaceAdmin(Parts parts) {
        this.parts = parts;
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
            SuspensionReason reason = workspace.suspensionReason();
            RateLimit limit = workspace.rateLimit();
            return new View(
                    Ids.text(WorkspaceAccess.PREFIX, workspace.id()),
                    Ids.text("org", workspace.organizationId()),
                    lower(workspace.environment()),
                    workspace.name(),
                    lower(workspace.status()),
                    reason == null ? null : lower(reason),
                    workspace.retentionDays(),
                    limit == null ? null : limit.view(),
                    WireTime.text(workspace.createdAt()));
        }
    }

    private Answer list(Call call) {
        UUID organization = parts.access().organization(call.principal(), call.query("organization_id"));
        parts.access().require(call.principal(), VIEW, organization);
        PageRequest page = PageRequest.of(call, WorkspaceAccess.PREFIX);
        @Nullable
        Environment environment =
                call.query("environment").map(WorkspaceAdmin::environment).orElse(null);
        List<Workspace> rows = parts.database()
                .query(handle -> WorkspaceStore.list(handle, organization, environment, page.after(), page.rows()));
        return page.answer(rows, Workspace::id, View::of);
    }

    private Answer retrieve(Call call) {
        return Answer.json(200, View.of(find(call, VIEW)));
    }

    private Answer create(Call call) {
        JsonBody body = JsonBody.of(call);
        UUID organization = parts.access().organization(call.principal(), body.optionalString("organization_id"));
        parts.access().require(call.principal(), EDIT, organization);
        Workspace fresh = Workspace.fresh(
                parts.ids().next(), organization, environment(body.string("environment")), name(body.string("name")));
        Workspace workspace = fresh.with(retention(body).orElse(fresh.retentionDays()), rateLimit(body, null));
        parts.database().transact(handle -> {
            WorkspaceStore.insert(handle, workspace);
            audited(handle, call, workspace, "workspace.created");
            return workspace;
        });
        return Answer.json(201, View.of(workspace));
    }

    /** Absent fields stay as they are; {@code rate_limit: null} goes back to the installation's numbers. */
    private Answer update(Call call) {
        JsonBody body = JsonBody.of(call);
        Optional<String> name = body.optionalString("name").map(WorkspaceAdmin::name);
        Optional<Status> status = body.optionalString("status").map(WorkspaceAdmin::status);
        Optional<SuspensionReason> reason =
                body.optionalString("suspension_reason").map(WorkspaceAdmin::reason);
        UUID id = find(call, EDIT).id();
        Workspace updated = parts.database().transact(handle -> {
            Workspace before = WorkspaceStore.lock(handle, id).orElseThrow(() -> unknown(call));
            Status next = status.orElse(before.status());
            requirePossible(before, next);
            Workspace after = before.with(name.orElse(before.name()), next, suspension(before, next, reason))
                    .with(retention(body).orElse(before.retentionDays()), rateLimit(body, before.rateLimit()));
            WorkspaceStore.update(handle, after);
            tellDeliveries(handle, before.status(), after);
            audited(handle, call, after, action(before.status(), after.status()));
            return after;
        });
        parts.changed().accept(id);
        return Answer.json(200, View.of(updated));
    }

    private static void requirePossible(Workspace before, Status next) {
        if (before.status() == Status.ARCHIVED && next != Status.ARCHIVED) {
            throw Json.invalidValue("status", "an archived workspace stays archived; make a new one");
        }
    }

    private static @Nullable SuspensionReason suspension(
            Workspace before, Status next, Optional<SuspensionReason> asked) {
        if (next != Status.SUSPENDED) {
            return null;
        }
        SuspensionReason kept = before.suspensionReason();
        return asked.orElse(kept == null ? SuspensionReason.BILLING : kept);
    }

    private void tellDeliveries(Handle handle, Status before, Workspace after) {
        if (before == after.status()) {
            return;
        }
        switch (after.status()) {
            case ACTIVE -> parts.deliveries().workspaceResumed(handle, after.id());
            case SUSPENDED -> parts.deliveries().workspaceSuspended(handle, after.id());
            case ARCHIVED -> parts.deliveries().workspaceArchived(handle, after.id());
        }
    }

    private static String action(Status before, Status after) {
        if (before == after) {
            return "workspace.updated";
        }
        return switch (after) {
            case ACTIVE -> "workspace.activated";
            case SUSPENDED -> "workspace.suspended";
            case ARCHIVED -> "workspace.archived";
        };
    }

    private Workspace find(Call call, String permission) {
        Workspace found = WorkspaceAccess.parse(call.pathParameter("id"))
                .flatMap(id -> parts.database().query(handle -> WorkspaceStore.find(handle, id)))
                .filter(workspace -> parts.access().sees(call.principal(), workspace.organizationId()))
                .orElseThrow(() -> unknown(call));
        parts.access().require(call.principal(), permission, found.organizationId());
        return found;
    }

    private static Failure.NotFound unknown(Call call) {
        return WorkspaceAccess.unknown(call.pathParameter("id"));
    }

    private static String name(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Json.invalidValue("name", "use 1 to %d characters".formatted(MAX_NAME));
        }
        return name;
    }

    private static Environment environment(String text) {
        return switch (text) {
            case "live" -> Environment.LIVE;
            case "sandbox" -> Environment.SANDBOX;
            default -> throw Json.invalidValue("environment", "it must be live or sandbox");
        };
    }

    private static Status status(String text) {
        return switch (text) {
            case "active" -> Status.ACTIVE;
            case "suspended" -> Status.SUSPENDED;
            case "archived" -> Status.ARCHIVED;
            default -> throw Json.invalidValue("status", "it must be active, suspended or archived");
        };
    }

    private static SuspensionReason reason(String text) {
        return switch (text) {
            case "billing" -> SuspensionReason.BILLING;
            case "policy" -> SuspensionReason.POLICY;
            default -> throw Json.invalidValue("suspension_reason", "it must be billing or policy");
        };
    }

    private static Optional<Integer> retention(JsonBody body) {
        return body.optionalInteger("retention_days", 0, MAX_RETENTION_DAYS);
    }

    private static @Nullable RateLimit rateLimit(JsonBody body, @Nullable RateLimit before) {
        return body.has(RateLimitField.NAME) ? RateLimitField.read(body) : before;
    }

    private void audited(Handle handle, Call call, Workspace workspace, String action) {
        parts.audit()
                .record(
                        handle,
                        call,
                        workspace.organizationId(),
                        action,
                        Ids.text(WorkspaceAccess.PREFIX, workspace.id()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
