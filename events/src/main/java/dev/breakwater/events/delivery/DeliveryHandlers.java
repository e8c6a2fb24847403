package dev.breakwater.events.delivery;

import dev.breakwater.events.idempotency.Idempotency;
import dev.breakwater.events.paging.Cursors;
import dev.breakwater.events.paging.Cursors.ListKind;
import dev.breakwater.events.paging.ListRequest;
import dev.breakwater.events.paging.Page;
import dev.breakwater.events.paging.PageJson;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The delivery log, and sending one delivery again (events.md 4.11, 10.7). */
public final class DeliveryHandlers {

    private final Database database;
    private final Workspaces workspaces;
    private final Cursors cursors;
    private final Idempotency idempotency;
    private final ReplayRules rules;

    DeliveryHandlers(
            Database database, Workspaces workspaces, Cursors cursors, Idempotency idempotency, ReplayRules rules) {
        this.database = database;
        this.workspaces = workspaces;
        this.cursors = cursors;
        this.idempotency = idempotency;
        this.rules = rules;
    }

    /** {@code GET /v1/deliveries}. */
    public Answer list(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        ListRequest request = ListRequest.of(call);
        DeliveryFilter filter = DeliveryFilter.of(call);
        Workspace workspace = workspaces.listed(call).workspace();
        WorkspaceAccess.requireReadable(workspace);
        @Nullable
        UUID after =
                cursors.position(ListKind.DELIVERIES, workspace.id(), request).orElse(null);
        Page<DeliveryRecord> page = Page.cut(
                database.query(
                        handle -> DeliveryStore.list(handle, workspace.id(), filter, after, request.limit() + 1)),
                request.limit());
        cursors.handOut(ListKind.DELIVERIES, workspace.id(), page.end(DeliveryRecord::id));
        return PageJson.answer(
                page, DeliveryRecord.PREFIX, DeliveryRecord::id, (out, delivery) -> out.writeBytes(delivery.json()));
    }

    /** {@code GET /v1/deliveries/{id}}. */
    public Answer retrieve(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        Found found = find(call);
        WorkspaceAccess.requireReadable(found.workspace());
        return database.query(handle -> answer(200, handle, found.delivery()));
    }

    /** {@code POST /v1/deliveries/{id}/replay}: one attempt now, and a new schedule should it fail. */
    public Answer replay(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        Found found = find(call);
        Workspace workspace = found.workspace();
        WorkspaceAccess.requireWritable(workspace);
        return idempotency.once(
                call,
                new Idempotency.Owner(workspace.organizationId(), workspace.id()),
                handle -> answer(202, handle, rules.replay(handle, call, workspace, found.delivery())));
    }

    private static Answer answer(int status, Handle handle, DeliveryRecord delivery) {
        return Answer.json(status, delivery.jsonWith(DeliveryStore.attempts(handle, delivery)));
    }

    private record Found(Workspace workspace, DeliveryRecord delivery) {}

    private Found find(Call call) {
        String text = call.pathParameter("id");
        Optional<DeliveryRecord> delivery = Ids.parse(DeliveryRecord.PREFIX, text)
                .flatMap(id -> database.query(handle -> DeliveryStore.find(handle, id)));
        return delivery.flatMap(each -> workspaces
                        .visible(call.principal(), each.workspaceId())
                        .map(entry -> new Found(entry.workspace(), each)))
                .orElseThrow(() -> ReplayRules.unknown(text));
    }
}
