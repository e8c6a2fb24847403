package dev.breakwater.events.workspace;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What becomes of deliveries that have not ended when their workspace or webhook changes (events.md 4.8, 7.3, 9.1).
 * Every method works in the transaction of the change and returns what must be run after its commit.
 */
public interface PendingDeliveries {

    /** The workspace was suspended: they wait, and so does their 72-hour clock. */
    Runnable holdWorkspace(Handle handle, UUID workspaceId);

    /** The workspace is active again. */
    Runnable resumeWorkspace(Handle handle, UUID workspaceId);

    /** The workspace was archived: they end. */
    Runnable cancelWorkspace(Handle handle, UUID workspaceId);

    /** The webhook was disabled: they wait, while their clock keeps running. */
    Runnable holdWebhook(Handle handle, UUID webhookId);

    /** The webhook is active again. */
    Runnable resumeWebhook(Handle handle, UUID webhookId);

    /** The webhook was deleted: they end. */
    Runnable cancelWebhook(Handle handle, UUID webhookId);
}
