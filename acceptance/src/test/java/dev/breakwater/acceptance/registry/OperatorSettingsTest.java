package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.pushManifest;
import static dev.breakwater.acceptance.registry.Distribution.pushParts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator decides about the registry beyond the usual: its authority, larger manifests; and what he is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorSettingsTest {

    private Path authority;
    private TestServer server;
    private Distribution registry;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        authority = folder.resolve("authority.pem");
        Files.writeString(authority, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        server = TestServer.start(Map.of("registry.ca-file", authority.toString(), "registry.manifest-limit", "5"));
        registry = new Distribution(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void the_certificate_of_the_authority_can_be_downloaded() throws IOException {
        ClassicApi api = registry.api();
        for (Reply reply : List.of(
                api.admin().get("/api/systeminfo/getcert"),
                api.admin().get("/api/v2.0/systeminfo/getcert"),
                api.anonymous().get("/api/v2.0/systeminfo/getcert"))) {
            reply.expect(200);
            assertThat(reply.body()).isEqualTo(Files.readAllBytes(authority));
            assertThat(reply.header("Content-Type")).contains("application/octet-stream");
            assertThat(reply.header("Content-Disposition")).contains("attachment; filename=ca.crt");
        }
        ClassicApi.expectLine(api.anonymous().get("/api/systeminfo/getcert"), 401, "");
        ClassicApi.expectLine(api.newUser().client().get("/api/systeminfo/getcert"), 403, "");
        for (String path : List.of("/api/systeminfo", "/api/v2.0/systeminfo")) {
            assertThat(api.admin().get(path).json().get("has_ca_root").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void a_manifest_may_be_as_large_as_the_operator_allows() {
        Client admin = registry.admin();
        String repository = registry.newRepository();
        int rest = pushParts(admin, repository, ",\"x\":\"\"").length;
        byte[] content = pushParts(admin, repository, ",\"x\":\"" + "a".repeat((5 << 20) - rest) + "\"");
        assertThat(content).hasSize(5 << 20);
        pushManifest(admin, repository, "large", OCI_MANIFEST, content).expect(201);
        assertThat(admin.get("/v2/" + repository + "/manifests/large")
                        .expect(200)
                        .body())
                .isEqualTo(content);

        byte[] larger = pushParts(admin, repository, ",\"x\":\"" + "a".repeat((5 << 20) + 1 - rest) + "\"");
        expectError(pushManifest(admin, repository, "larger", OCI_MANIFEST, larger), 413, "SIZE_INVALID");
    }

    @Test
    void a_store_that_is_away_makes_the_server_not_ready() throws IOException {
        Path blobs = registry.data().resolve("blobs/blobs");
        Path elsewhere = registry.data().resolve("elsewhere");
        server.client().get("/readyz").expect(200);

        Files.move(blobs, elsewhere);
        try {
            server.advance(Duration.ofSeconds(5));
            Reply reply = server.client().get("/readyz").expect(503);
            assertThat(reply.text()).contains("the store of blobs can't be used");
            server.client().get("/healthz").expect(200);
        } finally {
            Files.move(elsewhere, blobs);
        }

        server.advance(Duration.ofSeconds(5));
        server.client().get("/readyz").expect(200);
    }
}
