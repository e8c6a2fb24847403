package dev.breakwater.events.delivery;

import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which ended deliveries of a workspace a bulk replay means (events.md 10.7).
 *
 * @param webhookId only to this endpoint
 * @param eventId only of this event
 * @param status {@code delivered}, {@code failed} or {@code canceled}
 * @param createdAfter made at this time or later
 * @param createdBefore made earlier than this
 */
record ReplayFilter(
        Optional<UUID> webhookId,
        Optional<UUID> eventId,
        String status,
        Optional<Instant> createdAfter,
        Instant createdBefore) {

    private static final Set<String> ENDED = Set.of("delivered", "failed", "canceled");

    /**
     * Reads the filter from a request. Without a status it means the failed ones; it ends now at the latest, so that
     * it means the same deliveries however long the bulk replay takes.
     *
     * @throws dev.breakwater.kernel.failure.Failure.Invalid for a state or time that is none
     */
    static ReplayFilter of(JsonBody body, Instant now) {
        String status = body.optionalString("status").orElse("failed");
        return new ReplayFilter(
                DeliveryFilter.id(body.optionalString("webhook_id"), Webhook.PREFIX),
                DeliveryFilter.id(body.optionalString("event_id"), EventJson.PREFIX),
                checked(status),
                time(body, "created_after"),
                end(time(body, "created_before"), now));
    }

    /** What a person asks for; the same holds for it. */
    static ReplayFilter of(DeliveryLog.ReplayFilter wanted, Instant now) {
        return new ReplayFilter(
                DeliveryFilter.id(wanted.webhookId(), Webhook.PREFIX),
                Optional.empty(),
                checked(wanted.status()),
                wanted.from(),
                end(wanted.until(), now));
    }

    private static String checked(String status) {
        if (!ENDED.contains(status)) {
            throw Json.invalidValue("status", "use delivered, failed or canceled");
        }
        return status;
    }

    private static Instant end(Optional<Instant> wanted, Instant now) {
        return wanted.filter(end -> end.isBefore(now)).orElse(now.plusMillis(1));
    }

    private static Optional<Instant> time(JsonBody body, String field) {
        return body.optionalString(field).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Json.invalidValue(field, "use an ISO 8601 time such as 2026-05-25T12:00:00Z");
            }
        });
    }
}
