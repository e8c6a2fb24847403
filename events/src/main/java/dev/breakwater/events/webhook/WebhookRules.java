package dev.breakwater.events.webhook;

import dev.breakwater.events.webhook.Webhook.Secrets;
import dev.breakwater.events.webhook.Webhook.Status;
import dev.breakwater.events.workspace.DeliveryControl;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.events.workspace.WorkspaceStore;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Audit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The rules of registering, changing and removing webhooks, the same for programs and for people (events.md 4.5 to 4.9).
 * Every change happens in the caller's transaction, under the lock of the workspace, so that changes follow each other.
 */
public final class WebhookRules {

    /** The longest time for which an old secret signs beside the new one. */
    static final Duration LONGEST_GRACE = Duration.ofDays(7);

    private static final int MAX_PER_WORKSPACE = 50;
    private static final int MAX_PATTERNS = 100;

    private final WebhookStore store;
    private final DeliveryControl deliveries;
    private final Consumer<String> urlCheck;
    private final Audit audit;
    private final TimeSource time;
    private final Ids ids;

    /** {@code urlCheck} throws {@link Failure.Invalid} for URLs that must not be called. */
    public WebhookRules(
            WebhookStore store,
            DeliveryControl deliveries,
            Consumer<String> urlCheck,
            Audit audit,
            TimeSource time,
            Ids ids) {
        this.store = store;
        this.deliveries = deliveries;
        this.urlCheck = urlCheck;
        this.audit = audit;
        this.time = time;
        this.ids = ids;
    }

    /** What is to change of a webhook; what is empty stays. */
    record Change(Optional<String> url, Optional<List<String>> events, Optional<Status> status) {}

    /** Insists on a URL that may be called. */
    void checkUrl(String url) {
        urlCheck.accept(url);
    }

    /** Registers a webhook, whose URL and patterns have been checked. */
    Webhook create(Handle handle, Call call, Workspace workspace, String url, List<String> events) {
        requireRoom(handle, workspace.id());
        UUID id = ids.next();
        Webhook webhook = new Webhook(
                id,
                workspace.id(),
                url,
                events,
                Status.ACTIVE,
                new Secrets(SigningSecret.make(), null, null),
                null,
                Ids.time(id));
        store.insert(handle, workspace.organizationId(), webhook);
        audited(handle, call, workspace, "webhook.created", webhook);
        return webhook;
    }

    /** The lock makes two registrations at the 50th place wait for each other. */
    private void requireRoom(Handle handle, UUID workspaceId) {
        WorkspaceStore.lock(handle, workspaceId).ifPresent(WorkspaceAccess::requireWritable);
        if (store.count(handle, workspaceId) >= MAX_PER_WORKSPACE) {
            throw new Failure.Invalid(
                    "A workspace has at most %d webhooks. Delete one first.".formatted(MAX_PER_WORKSPACE));
        }
    }

    /** Changes a webhook; the new URL and patterns have been checked. */
    Webhook change(Handle handle, Call call, Workspace workspace, String id, Change change) {
        Webhook before = locked(handle, workspace, id);
        Webhook after = before.with(
                change.url().orElse(before.url()),
                change.events().orElse(before.events()),
                change.status().orElse(before.status()));
        store.update(handle, workspace.organizationId(), after);
        if (before.status() == Status.DISABLED && after.status() == Status.ACTIVE) {
            deliveries.webhookEnabled(handle, after.id());
        }
        audited(handle, call, workspace, "webhook.updated", after);
        return after;
    }

    /** Removes a webhook. */
    Webhook delete(Handle handle, Call call, Workspace workspace, String id) {
        Webhook webhook = locked(handle, workspace, id);
        store.delete(handle, webhook, time.instant());
        deliveries.webhookDeleted(handle, webhook.id());
        audited(handle, call, workspace, "webhook.deleted", webhook);
        return webhook;
    }

    /** Gives a webhook a new secret; the old one signs as well for so long. */
    Webhook rotate(Handle handle, Call call, Workspace workspace, String id, Duration grace) {
        Webhook before = locked(handle, workspace, id);
        boolean overlap = grace.isPositive();
        Secrets secrets = new Secrets(
                SigningSecret.make(),
                overlap ? before.secrets().current() : null,
                overlap ? time.instant().plus(grace) : null);
        Webhook after = before.with(secrets);
        store.update(handle, workspace.organizationId(), after);
        audited(handle, call, workspace, "webhook.secret_rotated", after);
        return after;
    }

    /** Reads the webhook again under the lock of its workspace. */
    private Webhook locked(Handle handle, Workspace workspace, String id) {
        WorkspaceStore.lock(handle, workspace.id()).ifPresent(WorkspaceAccess::requireWritable);
        return Ids.parse(Webhook.PREFIX, id)
                .flatMap(parsed -> store.find(handle, parsed))
                .orElseThrow(() -> unknown(id));
    }

    /** There is no such webhook for this caller. */
    static Failure.NotFound unknown(String id) {
        return new Failure.NotFound("No webhook found with id %s.".formatted(WorkspaceAccess.shown(id)));
    }

    /**
     * Event types and patterns, each once.
     *
     * @throws Failure.Invalid when one is none, or there are none or too many
     */
    static List<String> patterns(List<String> patterns) {
        if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS) {
            throw Json.invalidValue("events", "name 1 to %d event types".formatted(MAX_PATTERNS));
        }
        for (String pattern : patterns) {
            if (!EventPattern.isPattern(pattern)) {
                throw Json.invalidValue(
                        "events", "use event types such as order.shipped, order.* for all below, or * for all");
            }
        }
        return patterns.stream().distinct().toList();
    }

    private void audited(Handle handle, Call call, Workspace workspace, String action, Webhook webhook) {
        audit.record(handle, call, workspace.organizationId(), action, Ids.text(Webhook.PREFIX, webhook.id()));
    }
}
