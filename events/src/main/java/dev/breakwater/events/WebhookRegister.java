package dev.breakwater.events;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The webhooks of workspaces, for people (events.md 4.5 to 4.10, 9). What somebody may do is decided by roles; changes
 * are audited. Ids are spelled as in the API; pages do not expire.
 */
public interface WebhookRegister {

    /** The permission to see webhooks, never their secrets. */
    String VIEW = "events_webhook_view";

    /** The permission to register, change, test and remove them. */
    String EDIT = "events_webhook_edit";

    /** The prefix of webhook ids, for pages of them. */
    String PREFIX = "wh";

    /**
     * A webhook.
     *
     * @param id {@code wh_…}
     * @param workspaceId {@code ws_…}
     * @param url where its deliveries are posted
     * @param events the event types and patterns it subscribes to
     * @param active whether new events are matched to it
     * @param temporary whether it belongs to a local forwarder and ends with its connection
     * @param previousSecretUntil until when the secret before this one signs as well
     * @param createdAt when it was registered
     */
    record Entry(
            String id,
            String workspaceId,
            String url,
            List<String> events,
            boolean active,
            boolean temporary,
            Optional<Instant> previousSecretUntil,
            Instant createdAt) {}

    /** A webhook with its secret, which is handed out when it is new and never again. */
    record Revealed(Entry webhook, String secret) {
        @Override
        public String toString() {
            return "Revealed[" + webhook.id() + "]";
        }
    }

    /** What is to change of a webhook; what is empty stays. */
    record Change(Optional<String> url, Optional<List<String>> events, Optional<Boolean> active) {}

    /** A test that was sent, with its event and its one delivery. */
    record Sent(String eventId, String deliveryId) {}

    /** The webhooks of a workspace, newest first. */
    Page<Entry> list(Principal caller, String workspaceId, PageRequest page);

    /**
     * One webhook.
     *
     * @throws Failure.NotFound when it does not exist for this caller, or was deleted
     */
    Entry find(Principal caller, String id);

    /**
     * Registers a webhook.
     *
     * @throws Failure.Invalid naming the field that is wrong
     */
    Revealed create(Call call, String workspaceId, String url, List<String> events);

    /**
     * Changes a webhook.
     *
     * @throws Failure.Invalid naming the field that is wrong
     */
    Entry change(Call call, String id, Change change);

    /** Gives a webhook a new secret; the old one signs as well for so long. */
    Revealed rotate(Call call, String id, Duration grace);

    /** Removes a webhook; what was not delivered yet is canceled. */
    void delete(Call call, String id);

    /** Sends a test event to this webhook alone, whatever its filter. */
    Sent test(Call call, String id);
}
