package dev.breakwater.events.workspace;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Tells the delivery side that a workspace or a webhook changes (events.md 7.3, 9.1, 10.8). Each method is called
 * inside the transaction of that change, so neither exists without the other; whatever has to wake up hears of it
 * when the transaction commits. Callers have nothing to do afterwards.
 */
public interface DeliveryControl {

    /** The workspace was active and is suspended: its deliveries are held from now on. */
    void workspaceSuspended(Handle handle, UUID workspaceId);

    /** The workspace was suspended and is active: its deliveries go on, their 72 hours extended by the time held. */
    void workspaceResumed(Handle handle, UUID workspaceId);

    /** The workspace is archived: what was not delivered yet is canceled. */
    void workspaceArchived(Handle handle, UUID workspaceId);

    /** The webhook was disabled and is active: what is still inside its 72 hours goes on, the rest has failed. */
    void webhookEnabled(Handle handle, UUID webhookId);

    /** The webhook is deleted: what was not delivered yet is canceled. */
    void webhookDeleted(Handle handle, UUID webhookId);
}
