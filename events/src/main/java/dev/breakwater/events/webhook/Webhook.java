package dev.breakwater.events.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint (events.md 9.1).
 *
 * @param id its identity
 * @param workspaceId the workspace whose events it receives
 * @param url where its deliveries are posted
 * @param events the event types and patterns it subscribes to
 * @param status whether new events are matched to it and deliveries are sent
 * @param secrets what its deliveries are signed with
 * @param forwarderNode the node that holds the connection of a local forwarder; null for an HTTPS endpoint
 * @param createdAt when it was registered
 */
public record Webhook(
        UUID id,
        UUID workspaceId,
        String url,
        List<String> events,
        Status status,
        Secrets secrets,
        @Nullable UUID forwarderNode,
        Instant createdAt) {

    /** The prefix of webhook ids. */
    public static final String PREFIX = "wh";

    /** Whether an endpoint takes part. */
    public enum Status {
        /** It does. */
        ACTIVE,
        /** No new deliveries are made for it, existing ones are held. */
        DISABLED
    }

    /**
     * The signing secrets, in clear: {@code whsec_} and Base64.
     *
     * @param current signs first
     * @param previous signs as well until {@code previousUntil}; null when there is none
     * @param previousUntil the end of the grace period of a rotation
     */
    public record Secrets(
            String current,
            @Nullable String previous,
            @Nullable Instant previousUntil) {

        /** The secrets that sign at {@code now}, the current one first. */
        public List<String> at(Instant now) {
            return previous != null && previousUntil != null && now.isBefore(previousUntil)
                    ? List.of(current, previous)
                    : List.of(current);
        }

        @Override
        public String toString() {
            return "Secrets[…]";
        }
    }

    /** The same webhook with another URL, filter or status. */
    Webhook with(String newUrl, List<String> newEvents, Status newStatus) {
        return new Webhook(id, workspaceId, newUrl, newEvents, newStatus, secrets, forwarderNode, createdAt);
    }

    /** The same webhook with other secrets. */
    Webhook with(Secrets newSecrets) {
        return new Webhook(id, workspaceId, url, events, status, newSecrets, forwarderNode, createdAt);
    }

    /** Whether an event of this type is for this endpoint (events.md 9.2). */
    public boolean subscribesTo(String type) {
        return status == Status.ACTIVE && events.stream().anyMatch(pattern -> EventPattern.matches(pattern, type));
    }
}
