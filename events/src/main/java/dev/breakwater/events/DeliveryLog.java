package dev.breakwater.events;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of workspaces, for people: how each attempt went, and sending one or many again (events.md 4.11, 10.7).
 * What somebody may do is decided by roles; replays are audited. Ids are spelled as in the API; pages do not expire.
 */
public interface DeliveryLog {

    /** The permission to read the log. */
    String VIEW = "events_delivery_view";

    /** The permission to send deliveries again. */
    String REPLAY = "events_delivery_replay";

    /** The prefix of delivery ids, for pages of them. */
    String PREFIX = "del";

    /** All states, in the order of a delivery's life. */
    List<String> STATES = List.of("pending", "delivering", "retrying", "held", "delivered", "failed", "canceled");

    /**
     * A delivery.
     *
     * @param id {@code del_…}
     * @param workspaceId {@code ws_…}
     * @param webhookId {@code wh_…}
     * @param eventId {@code evt_…}
     * @param eventType the type of its event
     * @param status one of {@link #STATES}
     * @param attemptCount how many attempts were made
     * @param nextAttemptAt when the next one is due; null when none is
     * @param createdAt when it was made
     */
    record Entry(
            String id,
            String workspaceId,
            String webhookId,
            String eventId,
            String eventType,
            String status,
            int attemptCount,
            @Nullable Instant nextAttemptAt,
            Instant createdAt) {

        /** Whether it has ended, so that it can be sent again. */
        public boolean ended() {
            return status.equals("delivered") || status.equals("failed") || status.equals("canceled");
        }
    }

    /**
     * An attempt.
     *
     * @param number counts from 1
     * @param trigger {@code automatic} or {@code replay}
     * @param startedAt when it began
     * @param durationMs until the response was read, in milliseconds
     * @param responseStatus the HTTP status; null when there was no response
     * @param responseHeaders by lower-case name
     * @param responseBody at most the first 16 KB; null when there was no response
     * @param errorCode why it failed, as the API spells it; null when it succeeded
     */
    record Attempt(
            int number,
            String trigger,
            Instant startedAt,
            int durationMs,
            @Nullable Integer responseStatus,
            Map<String, String> responseHeaders,
            @Nullable String responseBody,
            @Nullable String errorCode) {}

    /**
     * A delivery with everything about it.
     *
     * @param delivery itself
     * @param attempts the first one first
     * @param requestBody the bytes that each attempt posts; empty when its event is no longer kept
     * @param url where the webhook is now; empty when it was deleted
     */
    record Details(Entry delivery, List<Attempt> attempts, Optional<String> requestBody, Optional<String> url) {}

    /** Which deliveries to list; what is empty may be any. */
    record Filter(Optional<String> webhookId, Optional<String> eventId, Optional<String> status) {}

    /**
     * Which ended deliveries to send again.
     *
     * @param webhookId only to this webhook
     * @param status {@code delivered}, {@code failed} or {@code canceled}
     * @param from made at this time or later
     * @param until made before this time
     */
    record ReplayFilter(Optional<String> webhookId, String status, Optional<Instant> from, Optional<Instant> until) {}

    /**
     * A replay of many, and how far it has come.
     *
     * @param id {@code rpl_…}
     * @param workspaceId {@code ws_…}
     * @param matched how many deliveries it means
     * @param replayed how many were started again so far
     * @param skipped how many were passed over
     * @param completed whether it is done
     */
    record Replay(String id, String workspaceId, long matched, long replayed, long skipped, boolean completed) {}

    /** The deliveries of a workspace that fit, newest first. */
    Page<Entry> list(Principal caller, String workspaceId, Filter filter, PageRequest page);

    /** The newest deliveries of an organization that failed or are being retried. */
    List<Entry> inTrouble(Principal caller, UUID organization, int limit);

    /**
     * One delivery.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Details find(Principal caller, String id);

    /**
     * Sends one delivery again, now.
     *
     * @throws Failure.Invalid when it has not ended, or its webhook is deleted or disabled
     */
    void replay(Call call, String id);

    /** How many deliveries a replay of many would mean. */
    long count(Principal caller, String workspaceId, ReplayFilter filter);

    /** Begins to send many deliveries again, in the background. */
    Replay replayMany(Call call, String workspaceId, ReplayFilter filter);

    /**
     * How far a replay of many has come.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Replay progress(Principal caller, String id);
}
