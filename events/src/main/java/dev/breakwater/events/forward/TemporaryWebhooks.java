package dev.breakwater.events.forward;

import dev.breakwater.events.delivery.Deliveries;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.events.webhook.WebhookStore;
import dev.breakwater.events.workspace.DeliveryControl;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.events.workspace.WorkspaceStore;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of forwarders: made when a connection opens, removed when it ends, and removed by another node, or by
 * this one after its restart, when the node of the connection is gone.
 */
final class TemporaryWebhooks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TemporaryWebhooks.class);
    private static final int MAX_PER_WORKSPACE = 50;
    private static final Duration PATROL = Duration.ofMinutes(1);

    private final Database database;
    private final TimeSource time;
    private final WebhookStore store;
    private final Directory directory;
    private final DeliveryControl control;
    private TimeSource.@Nullable Alarm alarm;
    private boolean closed;

    TemporaryWebhooks(
            Database database, TimeSource time, WebhookStore store, Directory directory, DeliveryControl control) {
        this.database = database;
        this.time = time;
        this.store = store;
        this.directory = directory;
        this.control = control;
    }

    void start() {
        patrol();
    }

    void add(Workspace workspace, Webhook webhook) {
        database.transact(handle -> {
            WorkspaceStore.lock(handle, workspace.id()).ifPresent(WorkspaceAccess::requireWritable);
            if (store.count(handle, workspace.id()) >= MAX_PER_WORKSPACE) {
                throw new Failure.Invalid(
                        "A workspace has at most %d webhooks. Delete one first.".formatted(MAX_PER_WORKSPACE));
            }
            store.insert(handle, workspace.organizationId(), webhook);
            return webhook;
        });
        directory.refresh(workspace.id());
    }

    /** Removes a webhook with what was not delivered to it; does nothing when it is gone already. */
    void remove(UUID webhookId) {
        database.transact(handle -> store.find(handle, webhookId).map(webhook -> remove(handle, webhook)))
                .ifPresent(webhook -> directory.refresh(webhook.workspaceId()));
    }

    private Webhook remove(Handle handle, Webhook webhook) {
        WorkspaceStore.lock(handle, webhook.workspaceId());
        store.delete(handle, webhook, time.instant());
        control.webhookDeleted(handle, webhook.id());
        return webhook;
    }

    private synchronized void patrolAt() {
        if (!closed) {
            alarm = time.at(
                    time.instant().plus(PATROL),
                    () -> Thread.ofVirtual().name("forwarder-patrol").start(this::patrol));
        }
    }

    private void patrol() {
        try {
            removeAbandoned();
        } catch (Failure.Unavailable away) {
            log.debug("The database is away; abandoned forwarders are removed later");
        } catch (RuntimeException fault) {
            log.error("Abandoned forwarders could not be removed", fault);
        }
        patrolAt();
    }

    private void removeAbandoned() {
        List<UUID> nodes = database.query(
                handle -> handle.createQuery("""
                        SELECT DISTINCT forwarder_node FROM events.webhook
                        WHERE forwarder_node IS NOT NULL AND deleted_at IS NULL
                        """).mapTo(UUID.class).list());
        for (UUID node : nodes) {
            database.transact(handle -> Deliveries.isGone(handle, node)
                            ? handle.createQuery(
                                            "SELECT id FROM events.webhook WHERE forwarder_node = :node AND deleted_at IS NULL")
                                    .bind("node", node)
                                    .mapTo(UUID.class)
                                    .list()
                            : List.<UUID>of())
                    .forEach(this::remove);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
