package dev.breakwater.events.ingest;

import dev.breakwater.events.event.Event;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Webhook;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An accepted request on its way to the disk.
 *
 * @param event to be stored
 * @param only the one webhook that gets it whatever its filter says; null for all that subscribe
 * @param key its idempotency key; null for none
 * @param workspace as it was when the request was checked
 * @param outcome what became of it
 */
record PendingEvent(
        Event event,
        @Nullable Webhook only,
        @Nullable Key key,
        Directory.Entry workspace,
        CompletableFuture<Outcome> outcome) {

    /**
     * An idempotency key with what it stands for.
     *
     * @param route method and path of the request
     * @param text as it was sent
     * @param fingerprint of the body, 32 bytes
     */
    record Key(String route, String text, byte[] fingerprint) {}

    /** What became of a request. */
    sealed interface Outcome {}

    /** The event is stored, with its deliveries. */
    record Stored(Event event, List<HandedOut> deliveries) implements Outcome {}

    /** An earlier request with the same key and body stored this event. */
    record Repeated(Event event) implements Outcome {}

    /** An earlier request used the key with another body. */
    record Conflicting() implements Outcome {}

    /** The workspace changed in between and no longer takes events, or is gone. */
    record Refused(RuntimeException failure) implements Outcome {}

    /** A delivery that was made for the event. */
    record HandedOut(UUID deliveryId, Webhook webhook) {}

    /** The webhooks that get the event. */
    List<Webhook> recipients() {
        if (only != null) {
            return List.of(only);
        }
        return workspace.webhooks().stream()
                .filter(webhook -> webhook.subscribesTo(event.type()))
                .toList();
    }

    /** The same request, checked against the workspace as it is now. */
    PendingEvent against(Directory.Entry now) {
        return new PendingEvent(event, only, key, now, outcome);
    }

    int bytes() {
        return event.payload().length;
    }
}
