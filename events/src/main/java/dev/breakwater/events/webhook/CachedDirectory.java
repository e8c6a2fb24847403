package dev.breakwater.events.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.events.workspace.WorkspaceStore;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import java.util.Optional;
import java.util.UUID;

/** The directory as a bounded cache that PostgreSQL's notifications keep fresh. */
public final class CachedDirectory implements Directory {

    private static final int MAX_WORKSPACES = 10_000;

    private final Database database;
    private final WebhookStore webhooks;
    private final Cache<UUID, Optional<Entry>> entries =
            Caffeine.newBuilder().maximumSize(MAX_WORKSPACES).build();

    /** Reads from this database; call {@link #follow} before the notifications start. */
    public CachedDirectory(Database database, WebhookStore webhooks) {
        this.database = database;
        this.webhooks = webhooks;
    }

    /** Forgets what other nodes change. */
    public void follow(Notifications notifications) {
        notifications.listen("events_workspace", message -> {
            if (message.isEmpty()) {
                entries.invalidateAll();
            } else {
                entries.invalidate(UUID.fromString(message));
            }
        });
    }

    @Override
    public Optional<Entry> find(UUID workspaceId) {
        Optional<Entry> entry = entries.get(workspaceId, this::load);
        if (entry.isEmpty()) {
            // Ids of nothing are not worth remembering, and one of them may come to life.
            entries.invalidate(workspaceId);
        }
        return entry;
    }

    @Override
    public Optional<Entry> refresh(UUID workspaceId) {
        entries.invalidate(workspaceId);
        return find(workspaceId);
    }

    private Optional<Entry> load(UUID workspaceId) {
        return database.transact(handle -> WorkspaceStore.find(handle, workspaceId)
                .map(workspace -> new Entry(workspace, webhooks.all(handle, workspaceId))));
    }
}
