package dev.breakwater.events.ingest;

import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.event.Event;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.events.idempotency.Fingerprint;
import dev.breakwater.events.idempotency.IdempotencyKey;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.events.webhook.WebhookHandlers;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/webhooks/{id}/test}: a real event with exactly one delivery, to this webhook, whatever its filter
 * (events.md 4.10).
 */
final class TestWebhook {

    private static final String DEFAULT_TYPE = "harbor.test";
    private static final byte[] DEFAULT_PAYLOAD = "{\"test\":true}".getBytes(StandardCharsets.US_ASCII);

    private final Database database;
    private final WebhookHandlers webhooks;
    private final Workspaces workspaces;
    private final Ingest ingest;
    private final Ids ids;

    TestWebhook(Database database, WebhookHandlers webhooks, Workspaces workspaces, Ingest ingest, Ids ids) {
        this.database = database;
        this.webhooks = webhooks;
        this.workspaces = workspaces;
        this.ingest = ingest;
        this.ids = ids;
    }

    private record Sent(String eventId, String deliveryId) {}

    Answer test(Call call) {
        Scope.WEBHOOKS_MANAGE.require(call);
        Optional<String> key = IdempotencyKey.of(call);
        byte[] body = call.body();
        EventRequest.Draft draft = body.length == 0
                ? new EventRequest.Draft(null, null, null)
                : EventRequest.draft(JsonBody.required(call));
        Webhook webhook = webhooks.find(call).webhook();
        Directory.Entry entry =
                workspaces.visible(call.principal(), webhook.workspaceId()).orElseThrow();
        PendingEvent.@Nullable Key bound = key.map(
                        text -> new PendingEvent.Key("POST " + call.path(), text, Fingerprint.of(body)))
                .orElse(null);
        return switch (send(webhook, entry, draft, bound)) {
            case PendingEvent.Stored stored ->
                answer(stored.event().id(), stored.deliveries().getFirst().deliveryId());
            case PendingEvent.Repeated repeated ->
                answer(repeated.event().id(), deliveryOf(repeated.event().id())).with(IdempotencyKey.REPLAYED, "true");
            case PendingEvent.Conflicting conflicting -> throw IdempotencyKey.conflict(key.orElseThrow());
            case PendingEvent.Refused refused -> throw refused.failure();
        };
    }

    /** Sends the test that nobody said anything more about. */
    WebhookRegister.Sent test(Webhook webhook, Directory.Entry entry) {
        return switch (send(webhook, entry, new EventRequest.Draft(null, null, null), null)) {
            case PendingEvent.Stored stored ->
                new WebhookRegister.Sent(
                        Ids.text(EventJson.PREFIX, stored.event().id()),
                        Ids.text("del", stored.deliveries().getFirst().deliveryId()));
            case PendingEvent.Refused refused -> throw refused.failure();
            case PendingEvent.Repeated repeated -> throw new IllegalStateException("There was no key");
            case PendingEvent.Conflicting conflicting -> throw new IllegalStateException("There was no key");
        };
    }

    private PendingEvent.Outcome send(
            Webhook webhook, Directory.Entry entry, EventRequest.Draft draft, PendingEvent.@Nullable Key key) {
        WorkspaceAccess.requireWritable(entry.workspace());
        if (webhook.status() == Webhook.Status.DISABLED) {
            throw new Failure.Invalid("The webhook is disabled. Set its status to active first.");
        }
        UUID id = ids.next();
        String type = draft.type() == null ? DEFAULT_TYPE : draft.type();
        byte[] payload = draft.payload() == null ? DEFAULT_PAYLOAD : draft.payload();
        Event event = new Event(id, webhook.workspaceId(), type, payload, Ids.time(id));
        return ingest.store(event, webhook, key, entry);
    }

    private UUID deliveryOf(UUID eventId) {
        return database.query(handle -> handle.createQuery(
                        "SELECT id FROM events.delivery WHERE event_id = :event ORDER BY id LIMIT 1")
                .bind("event", eventId)
                .mapTo(UUID.class)
                .one());
    }

    private static Answer answer(UUID eventId, UUID deliveryId) {
        return Answer.json(202, new Sent(Ids.text(EventJson.PREFIX, eventId), Ids.text("del", deliveryId)));
    }
}
