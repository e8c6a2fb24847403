package dev.breakwater.events.delivery;

import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import java.util.Optional;
import java.util.UUID;

/**
 * Which deliveries of a workspace a list call asks for (events.md 4.11).
 *
 * @param webhookId only to this endpoint
 * @param eventId only of this event
 * @param status only in this state
 */
record DeliveryFilter(Optional<UUID> webhookId, Optional<UUID> eventId, Optional<String> status) {

    /** The id of nothing, so that a filter by what does not exist finds nothing. */
    private static final UUID NOTHING = new UUID(0, 0);

    /**
     * Reads {@code webhook_id}, {@code event_id} and {@code status}.
     *
     * @throws dev.breakwater.kernel.failure.Failure.Invalid for a state that is none
     */
    static DeliveryFilter of(Call call) {
        return of(new DeliveryLog.Filter(call.query("webhook_id"), call.query("event_id"), call.query("status")));
    }

    /** What a person asks for; the same holds for it. */
    static DeliveryFilter of(DeliveryLog.Filter wanted) {
        Optional<String> status = wanted.status();
        if (status.isPresent() && !DeliveryLog.STATES.contains(status.get())) {
            throw Json.invalidValue("status", "use pending, delivering, retrying, held, delivered, failed or canceled");
        }
        return new DeliveryFilter(
                id(wanted.webhookId(), Webhook.PREFIX), id(wanted.eventId(), EventJson.PREFIX), status);
    }

    /** An id as it was sent; one that is malformed is the id of nothing. */
    static Optional<UUID> id(Optional<String> text, String prefix) {
        return text.map(sent -> Ids.parse(prefix, sent).orElse(NOTHING));
    }
}
