package dev.breakwater.acceptance.harness;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The administrator of a fresh installation, working through the administrative API. */
public final class Admin {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Client client;

    private final dev.breakwater.postgres.DatabaseAddress database;
    private final java.util.function.Supplier<java.time.Instant> now;

    Admin(
            Client anonymous,
            dev.breakwater.postgres.DatabaseAddress database,
            java.util.function.Supplier<java.time.Instant> now) {
        this.database = database;
        this.now = now;
        byte[] credential = "admin:Harbor12345".getBytes(StandardCharsets.UTF_8);
        client = anonymous.with("Authorization", "Basic " + Base64.getEncoder().encodeToString(credential));
    }

    /** The administrative API itself. */
    public Client client() {
        return client;
    }

    /** Makes an organization and returns its id. */
    public String newOrganization() {
        UUID id = UUID.randomUUID();
        update(
                "INSERT INTO tenancy.organization VALUES (?, ?, ?, now())",
                id,
                "acme" + NAMES.incrementAndGet(),
                "Acme");
        return id.toString();
    }

    /** Makes a workspace, in {@code sandbox} or {@code live}, and returns its id. */
    public String newWorkspace(String organization, String environment) {
        UUID id = new dev.breakwater.kernel.id.Ids(java.time.InstantSource.system()).next();
        update(
                "INSERT INTO events.workspace (id, organization_id, environment, name, created_at) VALUES (?,?,?,?,?)",
                id,
                UUID.fromString(organization),
                environment,
                "Acme " + environment,
                java.time.OffsetDateTime.ofInstant(now.get(), java.time.ZoneOffset.UTC));
        return dev.breakwater.kernel.id.Ids.text("ws", id);
    }

    /** Makes a key with all scopes. */
    public ApiKey newKey(String organization, String environment) {
        return newKey(organization, environment, """
                "unrestricted": true""");
    }

    /** Makes a key with these scopes. */
    public ApiKey newRestrictedKey(String organization, String environment, String... scopes) {
        String list = Arrays.stream(scopes).map(scope -> '"' + scope + '"').collect(Collectors.joining(", "));
        return newKey(organization, environment, """
                "scopes": [%s]""".formatted(list));
    }

    /** Makes a key with further members of the request. */
    public ApiKey newKey(String organization, String environment, String members) {
        String secret = "hb_" + (environment.equals("live") ? "live" : "test") + "_"
                + (UUID.randomUUID().toString() + UUID.randomUUID())
                        .replace("-", "")
                        .substring(0, 32);
        tools.jackson.databind.JsonNode json =
                new tools.jackson.databind.json.JsonMapper().readTree("{" + members + "}");
        UUID id = UUID.randomUUID();
        try {
            update(
                    "INSERT INTO tenancy.token (id, kind, name, prefix, last_four, hash, organization_id, environment,"
                            + " unrestricted, scopes, created_at, created_by, expires_at) VALUES"
                            + " (?, 'api_key', 'test', 'hb_', 'xxxx', ?, ?, ?, ?, ?, now(), 'test', CAST(? AS timestamptz))",
                    id,
                    java.security.MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)),
                    UUID.fromString(organization),
                    environment,
                    json.path("unrestricted").asBoolean(false),
                    json.path("scopes")
                            .valueStream()
                            .map(scope -> scope.asString())
                            .toArray(String[]::new),
                    json.path("expires_at").asString(null));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return new ApiKey(id.toString(), secret);
    }

    private void update(String sql, @org.jspecify.annotations.Nullable Object... values) {
        try (java.sql.Connection connection = database.connect();
                java.sql.PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void revoke(ApiKey key) {
        client.delete("/admin/v1/api_keys/" + key.id()).expect(204);
    }

    /** Suspends a workspace for {@code billing} or {@code policy}. */
    public void suspend(String workspace, String reason) {
        client.patch("/admin/v1/workspaces/" + workspace, """
                        {"status": "suspended", "suspension_reason": "%s"}""".formatted(reason)).expect(200);
    }

    public void reactivate(String workspace) {
        client.patch("/admin/v1/workspaces/" + workspace, """
                {"status": "active"}""").expect(200);
    }

    public void archive(String workspace) {
        client.patch("/admin/v1/workspaces/" + workspace, """
                {"status": "archived"}""").expect(200);
    }
}
