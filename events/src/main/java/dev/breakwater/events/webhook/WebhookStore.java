package dev.breakwater.events.webhook;

import dev.breakwater.events.workspace.WorkspaceStore;
import dev.breakwater.kernel.crypto.SecretKey;
import dev.breakwater.tenancy.OrganizationKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of webhooks. Secrets leave it encrypted and come back in clear. */
public final class WebhookStore {

    private static final String COLUMNS = """
            h.id, h.workspace_id, h.url, h.events, h.status, h.secret, h.previous_secret, h.previous_secret_until,
            h.forwarder_node, h.created_at, w.organization_id
            """;
    private static final String LIVE =
            "SELECT " + COLUMNS + " FROM events.webhook h JOIN events.workspace w ON w.id = h.workspace_id"
                    + " WHERE h.deleted_at IS NULL ";

    private final OrganizationKeys keys;

    /** Encrypts with the organizations' keys. */
    public WebhookStore(OrganizationKeys keys) {
        this.keys = keys;
    }

    /** Adds a webhook to a workspace of this organization. */
    public void insert(Handle handle, UUID organization, Webhook webhook) {
        handle.createUpdate("""
                        INSERT INTO events.webhook
                          (id, workspace_id, url, events, status, secret, forwarder_node, created_at)
                        VALUES (:id, :workspace, :url, :events, :status, :secret, :node, :created)
                        """)
                .bind("id", webhook.id())
                .bind("workspace", webhook.workspaceId())
                .bind("url", webhook.url())
                .bindArray("events", String.class, webhook.events())
                .bind("status", text(webhook.status()))
                .bind(
                        "secret",
                        encrypt(organization, webhook.id(), webhook.secrets().current()))
                .bindByType("node", webhook.forwarderNode(), UUID.class)
                .bind("created", webhook.createdAt().atOffset(ZoneOffset.UTC))
                .execute();
        WorkspaceStore.changed(handle, webhook.workspaceId());
    }

    /** Stores a changed URL, filter, status or secrets. */
    public void update(Handle handle, UUID organization, Webhook webhook) {
        Webhook.Secrets secrets = webhook.secrets();
        handle.createUpdate("""
                        UPDATE events.webhook
                        SET url = :url, events = :events, status = :status, secret = :secret,
                            previous_secret = :previous, previous_secret_until = :until
                        WHERE id = :id
                        """)
                .bind("id", webhook.id())
                .bind("url", webhook.url())
                .bindArray("events", String.class, webhook.events())
                .bind("status", text(webhook.status()))
                .bind("secret", encrypt(organization, webhook.id(), secrets.current()))
                .bind("previous", encrypt(organization, webhook.id(), secrets.previous()))
                .bind("until", utc(secrets.previousUntil()))
                .execute();
        WorkspaceStore.changed(handle, webhook.workspaceId());
    }

    /** Takes a webhook away; its delivery log stays. */
    public void delete(Handle handle, Webhook webhook, Instant now) {
        handle.createUpdate("UPDATE events.webhook SET deleted_at = :now WHERE id = :id")
                .bind("id", webhook.id())
                .bind("now", utc(now))
                .execute();
        WorkspaceStore.changed(handle, webhook.workspaceId());
    }

    /** A webhook that has not been deleted, whoever owns it. */
    public Optional<Webhook> find(Handle handle, UUID id) {
        return handle.createQuery(LIVE + "AND h.id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** All webhooks of a workspace that have not been deleted, oldest first. */
    public List<Webhook> all(Handle handle, UUID workspaceId) {
        return handle.createQuery(LIVE + "AND h.workspace_id = :workspace ORDER BY h.id")
                .bind("workspace", workspaceId)
                .map((row, context) -> read(row))
                .list();
    }

    /** The webhooks of a workspace, newest first, those older than {@code after}. */
    public List<Webhook> list(Handle handle, UUID workspaceId, @Nullable UUID after, int limit) {
        return handle.createQuery(LIVE
                        + "AND h.workspace_id = :workspace AND (:after::uuid IS NULL OR h.id < :after)"
                        + " ORDER BY h.id DESC LIMIT :limit")
                .bind("workspace", workspaceId)
                .bindByType("after", after, UUID.class)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    /** How many webhooks a workspace has. */
    public int count(Handle handle, UUID workspaceId) {
        return handle.createQuery(
                        "SELECT count(*) FROM events.webhook WHERE workspace_id = :workspace AND deleted_at IS NULL")
                .bind("workspace", workspaceId)
                .mapTo(Integer.class)
                .one();
    }

    private Webhook read(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        UUID organization = row.getObject("organization_id", UUID.class);
        byte @Nullable [] previous = row.getBytes("previous_secret");
        @Nullable OffsetDateTime until = row.getObject("previous_secret_until", OffsetDateTime.class);
        return new Webhook(
                id,
                row.getObject("workspace_id", UUID.class),
                row.getString("url"),
                List.of((String[]) row.getArray("events").getArray()),
                Webhook.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                new Webhook.Secrets(
                        decrypt(organization, id, row.getBytes("secret")),
                        previous == null ? null : decrypt(organization, id, previous),
                        until == null ? null : until.toInstant()),
                row.getObject("forwarder_node", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private byte @Nullable [] encrypt(UUID organization, UUID webhook, @Nullable String secret) {
        if (secret == null) {
            return null;
        }
        SecretKey key = keys.of(organization);
        return key.encrypt(secret.getBytes(StandardCharsets.UTF_8), context(webhook));
    }

    private String decrypt(UUID organization, UUID webhook, byte[] encrypted) {
        return new String(keys.of(organization).decrypt(encrypted, context(webhook)), StandardCharsets.UTF_8);
    }

    private static byte[] context(UUID webhook) {
        return ByteBuffer.allocate(16)
                .putLong(webhook.getMostSignificantBits())
                .putLong(webhook.getLeastSignificantBits())
                .array();
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
