package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Damage in the store is found, and what is missing or too much there is repaired. */
@WithServer(settings = "registry.scrub.rate=100000")
class ScrubTest {

    private final TestServer server;
    private final Distribution registry;
    private final Client admin;
    private final Collections collections;

    ScrubTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        admin = registry.admin();
        collections = new Collections(admin);
        collections.awaitFirst();
    }

    private Path file(String digest) throws IOException {
        try (Stream<Path> files = Files.walk(registry.data())) {
            return files.filter(file -> digest.endsWith(":" + file.getFileName()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {219})
    void a_damaged_blob_is_reported_and_never_sent_whole() throws IOException {
        String repository = registry.newRepository();
        byte[] content = Distribution.noise(100_000);
        String digest = Distribution.pushBlob(admin, repository, content);
        String sound = Distribution.pushBlob(admin, repository, Distribution.noise(100));
        content[50_000]++;
        Files.write(file(digest), content);

        JsonNode report = collections.scrub();

        assertThat(report.get("complete").asBoolean()).isTrue();
        assertThat(report.get("findings")
                        .valueStream()
                        .map(found -> found.get("digest").asString()))
                .contains(digest)
                .doesNotContain(sound);
        JsonNode finding = finding(report, digest);
        assertThat(finding.get("finding").asString()).isEqualTo("damaged");
        assertThat(finding.at("/repositories/0").asString()).isEqualTo(repository);
        Reply refused = admin.get("/v2/" + repository + "/blobs/" + digest);
        expectError(refused, 404, "BLOB_UNKNOWN");
        assertThat(refused.text()).contains("the stored bytes of this blob are damaged; push it again");
        registry.anonymous().get("/api/v2.0/system/scrub").expect(401);
    }

    @Test
    void who_reads_a_damaged_blob_is_cut_off_once_and_then_told() throws IOException {
        String repository = registry.newRepository();
        byte[] content = Distribution.noise(300_000);
        String digest = Distribution.pushBlob(admin, repository, content);
        content[200_000]++;
        Files.write(file(digest), content);

        assertThatThrownBy(() -> admin.get("/v2/" + repository + "/blobs/" + digest))
                .hasRootCauseInstanceOf(IOException.class);

        Await.until(
                "it counts as absent",
                () -> admin.send("HEAD", "/v2/" + repository + "/blobs/" + digest)
                                .status()
                        == 404);
        expectError(admin.get("/v2/" + repository + "/blobs/" + digest), 404, "BLOB_UNKNOWN");
    }

    @Test
    void a_push_of_the_same_bytes_heals_a_damaged_blob() throws IOException {
        String repository = registry.newRepository();
        String other = registry.newRepository();
        byte[] layer = Distribution.noise(100_000);
        byte[] config = Distribution.bytes("{}");
        byte[] image = Distribution.image(Distribution.OCI_CONFIG, config, List.of(layer), "");
        String digest = Distribution.pushBlob(admin, repository, layer);
        Distribution.pushBlob(admin, repository, config);
        Distribution.pushManifest(admin, repository, "v1", Distribution.OCI_MANIFEST, image)
                .expect(201);
        byte[] damaged = layer.clone();
        damaged[99_999]++;
        Files.write(file(digest), damaged);
        assertThat(finding(collections.scrub(), digest).has("healed_time")).isFalse();

        admin.send("HEAD", "/v2/" + repository + "/blobs/" + digest).expect(404);
        admin.send("POST", "/v2/" + other + "/blobs/uploads/?mount=" + digest + "&from=" + repository)
                .expect(202);
        expectError(
                Distribution.pushManifest(admin, repository, "v2", Distribution.OCI_MANIFEST, image),
                400,
                "MANIFEST_BLOB_UNKNOWN");
        collections.run(true, false);
        collections.audit();
        Distribution.pushBlob(admin, repository, layer);

        assertThat(Files.readAllBytes(file(digest))).isEqualTo(layer);
        assertThat(admin.get("/v2/" + repository + "/blobs/" + digest)
                        .expect(200)
                        .body())
                .isEqualTo(layer);
        assertThat(finding(admin.get("/api/v2.0/system/scrub").json(), digest).has("healed_time"))
                .isTrue();
        assertThat(collections
                        .scrub()
                        .get("findings")
                        .valueStream()
                        .map(found -> found.get("digest").asString()))
                .doesNotContain(digest);
    }

    @Test
    void a_blob_that_was_repaired_in_its_place_comes_back_with_the_next_walk() throws IOException {
        String repository = registry.newRepository();
        byte[] content = Distribution.noise(20_000);
        String digest = Distribution.pushBlob(admin, repository, content);
        byte[] damaged = content.clone();
        damaged[5_000]++;
        Files.write(file(digest), damaged);
        collections.scrub();
        admin.send("HEAD", "/v2/" + repository + "/blobs/" + digest).expect(404);

        Files.write(file(digest), content);
        collections.scrub();

        assertThat(admin.get("/v2/" + repository + "/blobs/" + digest)
                        .expect(200)
                        .body())
                .isEqualTo(content);
    }

    private static JsonNode finding(JsonNode report, String digest) {
        return report.get("findings")
                .valueStream()
                .filter(found -> found.get("digest").asString().equals(digest))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_audit_removes_bytes_without_a_row_and_marks_rows_without_bytes() throws IOException {
        String repository = registry.newRepository();
        byte[] content = Distribution.noise(20_000);
        String digest = Distribution.pushBlob(admin, repository, content);
        byte[] stray = Distribution.noise(1_000);
        String unknown = Distribution.sha256(stray);
        Path folder = registry.data().resolve("blobs/blobs/sha256").resolve(unknown.substring(7, 9));
        Files.createDirectories(folder);
        Files.write(folder.resolve(unknown.substring(7)), stray);
        Files.delete(file(digest));

        JsonNode first = collections.audit();
        assertThat(first.get("strays").asInt()).isEqualTo(1);
        assertThat(first.get("removed").asInt()).isZero();
        assertThat(first.get("missing").asInt()).isEqualTo(1);
        admin.get("/v2/" + repository + "/blobs/" + digest).expect(404);

        Distribution.pushBlob(admin, repository, content);
        admin.get("/v2/" + repository + "/blobs/" + digest).expect(200);
        server.advance(Duration.ofHours(3));
        JsonNode second = collections.audit();
        assertThat(second.get("removed").asInt()).isEqualTo(1);
        assertThat(second.get("missing").asInt()).isZero();
        assertThat(Blobs.copies(registry, unknown)).isZero();
    }
}
