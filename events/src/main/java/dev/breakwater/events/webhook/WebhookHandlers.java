package dev.breakwater.events.webhook;

import dev.breakwater.events.idempotency.Idempotency;
import dev.breakwater.events.paging.Cursors;
import dev.breakwater.events.paging.Cursors.ListKind;
import dev.breakwater.events.paging.ListRequest;
import dev.breakwater.events.paging.Page;
import dev.breakwater.events.paging.PageJson;
import dev.breakwater.events.webhook.Webhook.Status;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Registering, reading, changing and removing webhooks (events.md 4.5 to 4.9, 9). */
public final class WebhookHandlers {

    private static final int MAX_GRACE_SECONDS = (int) WebhookRules.LONGEST_GRACE.toSeconds();
    private static final int DEFAULT_GRACE_SECONDS = 86_400;

    private final Database database;
    private final WebhookStore store;
    private final Directory directory;
    private final Workspaces workspaces;
    private final Cursors cursors;
    private final Idempotency idempotency;
    private final WebhookRules rules;

    /** What these handlers work with. */
    public record Parts(
            Database database,
            WebhookStore store,
            Directory directory,
            Cursors cursors,
            Idempotency idempotency,
            WebhookRules rules) {}

    /** The rules decide; the handlers read requests and see to it that one sent twice counts once. */
    public WebhookHandlers(Parts parts) {
        database = parts.database();
        store = parts.store();
        directory = parts.directory();
        workspaces = new Workspaces(parts.directory());
        cursors = parts.cursors();
        idempotency = parts.idempotency();
        rules = parts.rules();
    }

    /** {@code POST /v1/webhooks}. */
    public Answer create(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        JsonBody body = JsonBody.of(call);
        String workspaceText = body.string("workspace_id");
        String url = body.string("url");
        List<String> events = patterns(body).orElseThrow(() -> Json.missing("events"));
        rules.checkUrl(url);
        Workspace workspace = workspaces.named(call.principal(), workspaceText).workspace();
        WorkspaceAccess.requireWritable(workspace);
        Answer answer = idempotency.once(
                call,
                owner(workspace),
                handle -> Answer.json(201, WebhookJson.withSecret(rules.create(handle, call, workspace, url, events))));
        directory.refresh(workspace.id());
        return answer;
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
        url.ifPresent(rules::checkUrl);
        Workspace workspace = find(call).workspace();
        WorkspaceAccess.requireWritable(workspace);
        WebhookRules.Change change = new WebhookRules.Change(url, events, status);
        Webhook updated =
                database.transact(handle -> rules.change(handle, call, workspace, call.pathParameter("id"), change));
        directory.refresh(workspace.id());
        return Answer.json(200, WebhookJson.of(updated));
    }

    /** {@code DELETE /v1/webhooks/{id}}. */
    public Answer delete(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        Workspace workspace = find(call).workspace();
        WorkspaceAccess.requireWritable(workspace);
        database.transact(handle -> rules.delete(handle, call, workspace, call.pathParameter("id")));
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
        Duration overlap = Duration.ofSeconds(grace);
        Answer answer = idempotency.once(
                call,
                owner(workspace),
                handle -> Answer.json(
                        200,
                        WebhookJson.withSecret(
                                rules.rotate(handle, call, workspace, call.pathParameter("id"), overlap))));
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
                .orElseThrow(() -> WebhookRules.unknown(call.pathParameter("id")));
    }

    /**
     * The event types and patterns in {@code events}.
     *
     * @throws Failure.Invalid when one is none, or there are none or too many
     */
    public static Optional<List<String>> patterns(JsonBody body) {
        return body.optionalStrings("events").map(WebhookRules::patterns);
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
}
