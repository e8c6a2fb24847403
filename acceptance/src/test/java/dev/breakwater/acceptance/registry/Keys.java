package dev.breakwater.acceptance.registry;

import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.token.SigningKey;
import dev.breakwater.tenancy.organization.EncryptionKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signs as the server does, with its own key, what the server would never sign. */
final class Keys {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Keys() {}

    static String signed(TestServer server, JsonNode claims) {
        SigningKey key = key(server);
        String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"" + key.id() + "\"}";
        String content = encode(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encode(new JsonMapper().writeValueAsBytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** Gives a member a role that the 2017 API does not know. */
    static void setRole(TestServer server, long project, long user, int role) {
        try (Database database = database(server)) {
            database.query(handle -> handle.execute(
                    "UPDATE registry.member m SET role = ? FROM tenancy.user_account u"
                            + " WHERE m.project_id = ? AND u.id = m.user_id AND u.number = ?",
                    role,
                    project,
                    user));
        }
    }

    private static Database database(TestServer server) {
        var settings = server.settings();
        return new Database(new Database.Settings(
                settings.getOrDefault("database.url", ""),
                settings.getOrDefault("database.user", ""),
                settings.getOrDefault("database.password", ""),
                2));
    }

    private static SigningKey key(TestServer server) {
        try (Database database = database(server)) {
            UUID organization = database.query(
                    handle -> handle.createQuery("SELECT organization_id FROM registry.project WHERE name = 'library'")
                            .mapTo(UUID.class)
                            .one());
            InstallationKey installation = InstallationKey.loadOrCreate(
                    Path.of(server.settings().getOrDefault("data.dir", "")).resolve("installation-key.json"));
            return SigningKey.loadOrCreate(
                    database,
                    new EncryptionKeys(database, installation, server.time()).of(organization),
                    server.time().instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
