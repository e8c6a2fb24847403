package dev.breakwater.events.webhook;

import dev.breakwater.events.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All workspaces with their webhooks, held in memory and renewed when one changes on any node. It may lag by the
 * time that a notification takes; whoever needs certainty compares {@link Workspace#version} in its transaction.
 */
public interface Directory {

    /**
     * A workspace with its webhooks, deleted ones left out.
     *
     * @param workspace the workspace itself
     * @param webhooks in the order of their registration
     */
    record Entry(Workspace workspace, List<Webhook> webhooks) {

        /** The webhook with this id, unless it was deleted. */
        public Optional<Webhook> webhook(UUID id) {
            return webhooks.stream().filter(webhook -> webhook.id().equals(id)).findFirst();
        }
    }

    /** The workspace with this id, whoever owns it: callers check that before they show anything of it. */
    Optional<Entry> find(UUID workspaceId);

    /** Reads the workspace anew, because a transaction found that it has changed. */
    Optional<Entry> refresh(UUID workspaceId);
}
