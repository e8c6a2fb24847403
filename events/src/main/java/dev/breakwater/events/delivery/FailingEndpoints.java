package dev.breakwater.events.delivery;

import dev.breakwater.events.workspace.WorkspaceStore;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disables endpoints that only fail, where the operator wants that (events.md 9.1): no success for five days, with
 * failures spread over at least twelve hours. It remembers of each failing endpoint since when it fails; the first
 * success, or its owner who enables it again, wipes that out.
 */
final class FailingEndpoints {

    private static final Logger log = LoggerFactory.getLogger(FailingEndpoints.class);
    private static final Duration WITHOUT_SUCCESS = Duration.ofDays(5);
    private static final String SPREAD = "12 hours";

    private final Database database;

    FailingEndpoints(Database database) {
        this.database = database;
    }

    /** Notes how these attempts went. */
    void note(List<Outcome> outcomes) {
        TreeSet<UUID> succeeded = new TreeSet<>();
        Map<UUID, Instant> failed = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            UUID webhook = outcome.work().webhookId();
            if (outcome.reply().error().isEmpty()) {
                succeeded.add(webhook);
                failed.remove(webhook);
            } else {
                failed.put(webhook, outcome.startedAt());
            }
        }
        database.transact(handle -> {
            forget(handle, succeeded);
            return remember(handle, failed);
        });
    }

    /** The owner of these endpoints, or a success, starts a new count. */
    static void forget(Handle handle, Collection<UUID> webhooks) {
        handle.createUpdate("DELETE FROM events.webhook_failing WHERE webhook_id = ANY(:webhooks)")
                .bindArray("webhooks", UUID.class, webhooks)
                .execute();
    }

    /** Rows are written in the order of their ids, so that two nodes never wait for each other crosswise. */
    private static int remember(Handle handle, Map<UUID, Instant> failed) {
        int changed = 0;
        for (UUID webhook : new TreeSet<>(failed.keySet())) {
            OffsetDateTime at = failed.getOrDefault(webhook, Instant.EPOCH).atOffset(ZoneOffset.UTC);
            changed += handle.createUpdate("""
                            INSERT INTO events.webhook_failing (webhook_id, since, latest) VALUES (:webhook, :at, :at)
                            ON CONFLICT (webhook_id) DO UPDATE SET latest = GREATEST(webhook_failing.latest, :at)
                            """)
                    .bind("webhook", webhook)
                    .bind("at", at)
                    .execute();
        }
        return changed;
    }

    private record Hopeless(UUID webhookId, UUID workspaceId) {}

    /** Disables the endpoints for which it is time. */
    void disable(Instant now) {
        List<UUID> disabled = database.transact(handle -> {
            List<Hopeless> hopeless = handle.createQuery("""
                            UPDATE events.webhook h SET status = 'disabled'
                            FROM events.webhook_failing f
                            WHERE h.id = f.webhook_id AND h.status = 'active' AND h.deleted_at IS NULL
                              AND f.since <= :longAgo AND f.latest - f.since >= CAST(:spread AS interval)
                            RETURNING h.id AS webhook_id, h.workspace_id
                            """)
                    .bind("longAgo", now.minus(WITHOUT_SUCCESS).atOffset(ZoneOffset.UTC))
                    .bind("spread", SPREAD)
                    .<List<Hopeless>>reduceRows(new ArrayList<>(), (found, row) -> {
                        found.add(new Hopeless(
                                row.getColumn("webhook_id", UUID.class), row.getColumn("workspace_id", UUID.class)));
                        return found;
                    });
            hopeless.forEach(each -> WorkspaceStore.changed(handle, each.workspaceId()));
            List<UUID> ids = hopeless.stream().map(Hopeless::webhookId).toList();
            forget(handle, ids);
            return ids;
        });
        disabled.forEach(id -> log.warn("Disabled {}: it only failed for five days", Ids.text("wh", id)));
    }
}
