package dev.breakwater.events.delivery;

import dev.breakwater.events.workspace.DeliveryControl;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What a change of a workspace or webhook means for its deliveries (events.md 7.3, 9.1, 10.8). Holding needs no
 * write at all: deliveries of inactive endpoints are not claimed. Statements come in pairs, one for deliveries that
 * lie in the table and one for those that a node has in memory, because each finds its rows by an index of its own.
 */
public final class DeliveryChanges implements DeliveryControl {

    private static final String CANCEL = "UPDATE events.delivery SET status = 'canceled', due_at = NULL WHERE ";
    private static final String EXTEND =
            "UPDATE events.delivery SET gives_up_at = gives_up_at + :held::interval WHERE ";
    private static final String IN_TABLE = " AND due_at IS NOT NULL AND lease_owner IS NULL";
    private static final String IN_MEMORY = " AND due_at IS NOT NULL AND lease_owner IS NOT NULL";
    private static final String OF_WORKSPACE_IN_TABLE =
            "webhook_id IN (SELECT id FROM events.webhook WHERE workspace_id = :workspace)" + IN_TABLE;
    private static final String OF_WORKSPACE_IN_MEMORY = "workspace_id = :workspace" + IN_MEMORY;

    private final TimeSource time;

    /** Changes that happen at the time of this clock. */
    public DeliveryChanges(TimeSource time) {
        this.time = time;
    }

    @Override
    public void workspaceSuspended(Handle handle, UUID workspaceId) {
        handle.createUpdate("""
                        INSERT INTO events.delivery_hold (workspace_id, since) VALUES (:workspace, :now)
                        ON CONFLICT (workspace_id) DO NOTHING
                        """)
                .bind("workspace", workspaceId)
                .bind("now", time.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    @Override
    public void workspaceResumed(Handle handle, UUID workspaceId) {
        String held = handle.createQuery(
                        "DELETE FROM events.delivery_hold WHERE workspace_id = :workspace RETURNING :now - since")
                .bind("workspace", workspaceId)
                .bind("now", time.instant().atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .findOne()
                .orElse("0");
        for (String which : new String[] {OF_WORKSPACE_IN_TABLE, OF_WORKSPACE_IN_MEMORY}) {
            handle.createUpdate(EXTEND + which + " AND gives_up_at IS NOT NULL")
                    .bind("workspace", workspaceId)
                    .bind("held", held)
                    .execute();
        }
        QueueSql.wakeNodes(handle);
    }

    @Override
    public void workspaceArchived(Handle handle, UUID workspaceId) {
        for (String which : new String[] {OF_WORKSPACE_IN_TABLE, OF_WORKSPACE_IN_MEMORY}) {
            handle.createUpdate(CANCEL + which).bind("workspace", workspaceId).execute();
        }
        handle.createUpdate("DELETE FROM events.delivery_hold WHERE workspace_id = :workspace")
                .bind("workspace", workspaceId)
                .execute();
    }

    @Override
    public void webhookEnabled(Handle handle, UUID webhookId) {
        Instant now = time.instant();
        handle.createUpdate("UPDATE events.delivery SET status = 'failed', due_at = NULL WHERE webhook_id = :webhook"
                        + IN_TABLE + " AND COALESCE(gives_up_at, created_at + interval '72 hours') <= :now")
                .bind("webhook", webhookId)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
        FailingEndpoints.forget(handle, List.of(webhookId));
        QueueSql.wakeNodes(handle);
    }

    @Override
    public void webhookDeleted(Handle handle, UUID webhookId) {
        FailingEndpoints.forget(handle, List.of(webhookId));
        for (String which : new String[] {IN_TABLE, IN_MEMORY}) {
            handle.createUpdate(CANCEL + "webhook_id = :webhook" + which)
                    .bind("webhook", webhookId)
                    .execute();
        }
    }
}
