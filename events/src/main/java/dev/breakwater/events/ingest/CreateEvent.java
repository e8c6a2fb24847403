package dev.breakwater.events.ingest;

import dev.breakwater.events.event.Event;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.events.idempotency.Fingerprint;
import dev.breakwater.events.idempotency.IdempotencyKey;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/events} (events.md 4.2). */
final class CreateEvent {

    private final Workspaces workspaces;
    private final Ingest ingest;
    private final Ids ids;

    CreateEvent(Workspaces workspaces, Ingest ingest, Ids ids) {
        this.workspaces = workspaces;
        this.ingest = ingest;
        this.ids = ids;
    }

    Answer create(Call call) {
        Scope.EVENTS_WRITE.require(call);
        Optional<String> key = IdempotencyKey.of(call);
        byte[] body = JsonBody.required(call);
        EventRequest request = EventRequest.parse(body);
        Directory.Entry entry = workspaces.named(call.principal(), request.workspaceId());
        WorkspaceAccess.requireWritable(entry.workspace());
        UUID id = ids.next();
        Event event = new Event(id, entry.workspace().id(), request.type(), request.payload(), Ids.time(id));
        PendingEvent.@Nullable Key bound = key.map(
                        text -> new PendingEvent.Key("POST /v1/events", text, Fingerprint.of(body)))
                .orElse(null);
        return switch (ingest.store(event, null, bound, entry)) {
            case PendingEvent.Stored stored -> answer(stored.event());
            case PendingEvent.Repeated repeated -> answer(repeated.event()).with(IdempotencyKey.REPLAYED, "true");
            case PendingEvent.Conflicting conflicting -> throw IdempotencyKey.conflict(key.orElseThrow());
            case PendingEvent.Refused refused -> throw refused.failure();
        };
    }

    private static Answer answer(Event event) {
        return Answer.json(201, EventJson.write(event))
                .with("Location", "/v1/events/" + Ids.text(EventJson.PREFIX, event.id()));
    }
}
