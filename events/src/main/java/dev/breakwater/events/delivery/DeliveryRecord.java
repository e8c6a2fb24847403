package dev.breakwater.events.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.WireTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it is read back (events.md 4.11, 10.8).
 *
 * @param id its identity
 * @param workspaceId the workspace of its event
 * @param webhookId where it goes
 * @param eventId what it carries
 * @param eventType the type of that
 * @param status one of the seven states of the contract
 * @param attemptCount how many attempts were made
 * @param nextAttemptAt when the next one is due; null when none is
 * @param createdAt when it was made
 */
record DeliveryRecord(
        UUID id,
        UUID workspaceId,
        UUID webhookId,
        UUID eventId,
        String eventType,
        String status,
        int attemptCount,
        @Nullable Instant nextAttemptAt,
        Instant createdAt) {

    /** The prefix of delivery ids. */
    static final String PREFIX = "del";

    /**
     * One attempt, as the API spells it. What there is none of is left out.
     *
     * @param number counts from 1
     * @param trigger {@code automatic} or {@code replay}
     * @param startedAt when it began; written in whole seconds
     * @param durationMs until the response was read, in milliseconds
     * @param responseStatus the HTTP status
     * @param responseHeaders a JSON object
     * @param responseBody at most the first 16 KB
     * @param errorCode why it failed
     */
    record Attempt(
            int number,
            String trigger,
            Instant startedAt,
            int durationMs,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer responseStatus,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable
            String responseHeaders,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String responseBody,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String errorCode) {

        private Attempt wire() {
            return new Attempt(
                    number,
                    trigger,
                    startedAt.truncatedTo(ChronoUnit.SECONDS),
                    durationMs,
                    responseStatus,
                    responseHeaders,
                    responseBody,
                    errorCode);
        }
    }

    /** The wire form; {@code attempts} is absent in lists. */
    private record Json(
            String id,
            String workspaceId,
            String webhookId,
            String eventId,
            String eventType,
            String status,
            int attemptCount,
            @Nullable String nextAttemptAt,
            String createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Attempt> attempts) {}

    /** As lists show it. */
    byte[] json() {
        return json(null);
    }

    /** As it is shown alone. */
    byte[] jsonWith(List<Attempt> attempts) {
        return json(attempts.stream().map(Attempt::wire).toList());
    }

    private byte[] json(@Nullable List<Attempt> attempts) {
        return dev.breakwater.kernel.json.Json.write(new Json(
                text(PREFIX, id),
                text("ws", workspaceId),
                text("wh", webhookId),
                text("evt", eventId),
                eventType,
                status,
                attemptCount,
                nextAttemptAt == null ? null : WireTime.text(nextAttemptAt),
                WireTime.text(createdAt),
                attempts));
    }

    private static String text(String prefix, UUID id) {
        return Ids.text(prefix, id);
    }
}
