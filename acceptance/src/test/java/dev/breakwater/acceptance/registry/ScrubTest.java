package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        JsonNode finding = report.get("findings").get(0);
        assertThat(finding.get("finding").asString()).isEqualTo("damaged");
        assertThat(finding.at("/repositories/0").asString()).isEqualTo(repository);
        assertThatThrownBy(() -> admin.get("/v2/" + repository + "/blobs/" + digest))
                .hasRootCauseInstanceOf(IOException.class);
        registry.anonymous().get("/api/v2.0/system/scrub").expect(401);
    }

    @Test
    void the_audit_removes_bytes_without_a_row_and_marks_rows_without_bytes() throws IOException {
        String repository = registry.newRepository();
        byte[] content = Distribution.noise(1_000);
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
