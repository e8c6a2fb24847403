package dev.breakwater.events.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.WireTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of a webhook (events.md 4.5, 9.1).
 *
 * @param id {@code wh_…}
 * @param workspaceId {@code ws_…}
 * @param url of the endpoint
 * @param events its filter
 * @param status {@code active} or {@code disabled}
 * @param secret only right after it was made; otherwise the member is absent
 * @param createdAt in UTC, whole seconds
 */
public record WebhookJson(
        String id,
        String workspaceId,
        String url,
        List<String> events,
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
        String createdAt) {

    /** What every reader of a webhook sees. */
    static WebhookJson of(Webhook webhook) {
        return of(webhook, null);
    }

    /** What its owner sees once, when the secret is new. */
    static WebhookJson withSecret(Webhook webhook) {
        return of(webhook, webhook.secrets().current());
    }

    private static WebhookJson of(Webhook webhook, @Nullable String secret) {
        return new WebhookJson(
                Ids.text(Webhook.PREFIX, webhook.id()),
                Ids.text(WorkspaceAccess.PREFIX, webhook.workspaceId()),
                webhook.url(),
                webhook.events(),
                webhook.status().name().toLowerCase(Locale.ROOT),
                secret,
                WireTime.text(webhook.createdAt()));
    }
}
