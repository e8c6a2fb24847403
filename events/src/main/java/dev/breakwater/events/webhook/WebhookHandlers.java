package dev.breakwater.events.webhook;

import dev.breakwater.events.idempotency.Idempotency;
import dev.breakwater.events.paging.Cursors;
import dev.breakwater.events.paging.Cursors.ListKind;
import dev.breakwater.events.paging.ListRequest;
import dev.breakwater.events.paging.Page;
import dev.breakwater.events.paging.PageJson;
import dev.breakwater.events.webhook.Webhook.Secrets;
import dev.breakwater.events.webhook.Webhook.Status;
import dev.breakwater.events.workspace.DeliveryControl;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.events.workspace.WorkspaceStore;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Audit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Registering, reading, changing and removing webhooks (events.md 4.5 to 4.9, 9). */
public final class WebhookHandlers {

    private static final int MAX_PER_WORKSPACE = 50;
    private static final int MAX_PATTERNS = 100;
    private static final int MAX_GRACE_SECONDS = 604_800;
    private static final int DEFAULT_GRACE_SECONDS = 86_400;

    private final Database database;
    private final WebhookStore store;
    private final Directory directory;
    private final Workspaces workspaces;
    private final Cursors cursors;
    private final Idempotency idempotency;
    private final DeliveryControl deliveries;
    private final Consumer<String> urlCheck;
    private final Audit audit;
    private final TimeSource time;
    private final Ids ids;

    /** What these handlers work with. */
    public record Parts(
            Database database,
            WebhookStore store,
            Directory directory,
            Cursors cursors,
            Idempotency idempotency,
            DeliveryControl deliveries,
            Consumer<String> urlCheck,
            Audit audit,
            TimeSource time,
            Ids ids) {}

    /** {@code urlCheck} throws {@link Failure.Invalid} for URLs that must not be called. */
    public WebhookHandlers(Parts parts) {
        database = parts.database();
        store = parts.store();
        directory = parts.directory();
        workspaces = new Workspaces(parts.directory());
        cursors = parts.cursors();
        idempotency = parts.idempotency();
        deliveries = parts.deliveries();
        urlCheck = parts.urlCheck();
        audit = parts.audit();
        time = parts.time();
        ids = parts.ids();
    }

    /** {@code POST /v1/webhooks}. */
    public Answer create(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        JsonBody body = JsonBody.of(call);
        String workspaceText = body.string("workspace_id");
        String url = body.string("url");
        List<String> events = patterns(body).orElseThrow(() -> Json.missing("events"));
        urlCheck.accept(url);
        Workspace workspace = workspaces.named(call.principal(), workspaceText).workspace();
        WorkspaceAccess.requireWritable(workspace);
        Answer answer = idempotency.once(call, owner(workspace), handle -> {
            requireRoom(handle, workspace.id());
            UUID id = ids.next();
            Webhook webhook = new Webhook(
                    id,
                    workspace.id(),
                    url,
                    events,
                    Status.ACTIVE,
                    new Secrets(SigningSecret.make(), null, null),
                    null,
                    Ids.time(id));
            store.insert(handle, workspace.organizationId(), webhook);
            audited(handle, call, workspace, "webhook.created", webhook);
            return Answer.json(201, WebhookJson.withSecret(webhook));
        });
        directory.refresh(workspace.id());
        return answer;
    }

    /** The lock makes two registrations at the 50th place wait for each other. */
    private void requireRoom(Handle handle, UUID workspaceId) {
        WorkspaceStore.lock(handle, workspaceId).ifPresent(WorkspaceAccess::requireWritable);
        if (store.count(handle, workspaceId) >= MAX_PER_WORKSPACE) {
            throw new Failure.Invalid(
                    "A workspace has at most %d webhooks. Delete one first.".formatted(MAX_PER_WORKSPACE));
        }
    }

    /** {@code GET /v1/webhooks/{id}}. */
    public Answer retrieve(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        Found found = find(call);
        WorkspaceAccess.requireReadable(found.workspace());
        return Answer.json(200, WebhookJson.of(found.webhook()));
    }

    /** {@code GET /v1/webhooks}. */
    public Answer list(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        ListRequest request = ListRequest.of(call);
        Workspace workspace = workspaces.listed(call).workspace();
        WorkspaceAccess.requireReadable(workspace);
        @Nullable
        UUID after =
                cursors.position(ListKind.WEBHOOKS, workspace.id(), request).orElse(null);
        Page<Webhook> page = Page.cut(
                database.query(handle -> store.list(handle, workspace.id(), after, request.limit() + 1)),
                request.limit());
        cursors.handOut(ListKind.WEBHOOKS, workspace.id(), page.end(Webhook::id));
        return PageJson.answer(
                page,
                Webhook.PREFIX,
                Webhook::id,
                (out, webhook) -> out.writeBytes(Json.write(WebhookJson.of(webhook))));
    }

    /** {@code PUT} and {@code PATCH /v1/webhooks/{id}}: absent members stay as they are. */
    public Answer update(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        JsonBody body = JsonBody.of(call);
        Optional<String> url = body.optionalString("url");
        Optional<List<String>> events = patterns(body);
        Optional<Status> status = body.optionalString("status").map(WebhookHandlers::status);
        url.ifPresent(urlCheck);
        Workspace workspace = find(call).workspace();
        WorkspaceAccess.requireWritable(workspace);
        Webhook updated = database.transact(handle -> {
            Webhook before = locked(handle, call, workspace);
            Webhook after = before.with(
                    url.orElse(before.url()), events.orElse(before.events()), status.orElse(before.status()));
            store.update(handle, workspace.organizationId(), after);
            if (before.status() == Status.DISABLED && after.status() == Status.ACTIVE) {
                deliveries.webhookEnabled(handle, after.id());
            }
            audited(handle, call, workspace, "webhook.updated", after);
            return after;
        });
        directory.refresh(workspace.id());
        return Answer.json(200, WebhookJson.of(updated));
    }

    /** {@code DELETE /v1/webhooks/{id}}. */
    public Answer delete(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        Workspace workspace = find(call).workspace();
        WorkspaceAccess.requireWritable(workspace);
        database.transact(handle -> {
            Webhook webhook = locked(handle, call, workspace);
            store.delete(handle, webhook, time.instant());
            deliveries.webhookDeleted(handle, webhook.id());
            audited(handle, call, workspace, "webhook.deleted", webhook);
            return webhook;
        });
        directory.refresh(workspace.id());
        return Answer.empty(204);
    }

    /** {@code POST /v1/webhooks/{id}/rotate_secret}. */
    public Answer rotateSecret(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        int grace = JsonBody.optional(call)
                .optionalInteger("grace_period_seconds", 0, MAX_GRACE_SECONDS)
                .orElse(DEFAULT_GRACE_SECONDS);
        Workspace workspace = find(call).workspace();
        WorkspaceAccess.requireWritable(workspace);
        Answer answer = idempotency.once(call, owner(workspace), handle -> {
            Webhook before = locked(handle, call, workspace);
            boolean overlap = grace > 0;
            Secrets secrets = new Secrets(
                    SigningSecret.make(),
                    overlap ? before.secrets().current() : null,
                    overlap ? time.instant().plus(Duration.ofSeconds(grace)) : null);
            Webhook after = before.with(secrets);
            store.update(handle, workspace.organizationId(), after);
            audited(handle, call, workspace, "webhook.secret_rotated", after);
            return Answer.json(200, WebhookJson.withSecret(after));
        });
        directory.refresh(workspace.id());
        return answer;
    }

    /**
     * A webhook with its workspace.
     *
     * @param workspace the workspace, visible to the caller
     * @param webhook the webhook itself
     */
    public record Found(Workspace workspace, Webhook webhook) {}

    /**
     * The webhook that a call names in its path.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    public Found find(Call call) {
        Optional<Webhook> webhook = Ids.parse(Webhook.PREFIX, call.pathParameter("id"))
                .flatMap(id -> database.query(handle -> store.find(handle, id)));
        return webhook.flatMap(each -> workspaces
                        .visible(call.principal(), each.workspaceId())
                        .map(entry -> new Found(entry.workspace(), each)))
                .orElseThrow(() -> unknown(call));
    }

    /** Reads the webhook again under the lock of its workspace, so that changes of it follow each other. */
    private Webhook locked(Handle handle, Call call, Workspace workspace) {
        WorkspaceStore.lock(handle, workspace.id()).ifPresent(WorkspaceAccess::requireWritable);
        return Ids.parse(Webhook.PREFIX, call.pathParameter("id"))
                .flatMap(id -> store.find(handle, id))
                .orElseThrow(() -> unknown(call));
    }

    private static Failure.NotFound unknown(Call call) {
        return new Failure.NotFound(
                "No webhook found with id %s.".formatted(WorkspaceAccess.shown(call.pathParameter("id"))));
    }

    /**
     * The event types and patterns in {@code events}.
     *
     * @throws Failure.Invalid when one is none, or there are none or too many
     */
    public static Optional<List<String>> patterns(JsonBody body) {
        Optional<List<String>> events = body.optionalStrings("events");
        events.ifPresent(patterns -> {
            if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS) {
                throw Json.invalidValue("events", "name 1 to %d event types".formatted(MAX_PATTERNS));
            }
            for (String pattern : patterns) {
                if (!EventPattern.isPattern(pattern)) {
                    throw Json.invalidValue(
                            "events", "use event types such as order.shipped, order.* for all below, or * for all");
                }
            }
        });
        return events.map(patterns -> patterns.stream().distinct().toList());
    }

    private static Status status(String text) {
        return switch (text) {
            case "active" -> Status.ACTIVE;
            case "disabled" -> Status.DISABLED;
            default -> throw Json.invalidValue("status", "it must be active or disabled");
        };
    }

    private static Idempotency.Owner owner(Workspace workspace) {
        return new Idempotency.Owner(workspace.organizationId(), workspace.id());
    }

    private void audited(Handle handle, Call call, Workspace workspace, String action, Webhook webhook) {
        audit.record(handle, call, workspace.organizationId(), action, Ids.text(Webhook.PREFIX, webhook.id()));
    }
}
