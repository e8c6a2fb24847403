package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.begin;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Uploads that nobody goes on with. */
@WithServer
class IdleUploadsTest {

    private final TestServer server;
    private final Distribution registry;

    IdleUploadsTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
    }

    @Test
    @Proves(contract = "registry", lines = 137)
    void a_session_that_rests_for_a_day_is_gone_with_its_bytes() {
        Client admin = registry.admin();
        String repository = registry.newRepository();
        String resting = begin(admin, repository);
        String used = begin(admin, repository);
        send(admin, "PATCH", resting, noise(50_000)).expect(202);
        send(admin, "PATCH", used, noise(100)).expect(202);
        assertThat(file(resting)).hasSize(50_000);

        server.advance(Duration.ofHours(23));
        send(admin, "PATCH", used, noise(100)).expect(202);
        assertThat(file(resting)).exists();
        server.advance(Duration.ofHours(1).plusSeconds(1));

        // A server that starts looks at once what is due.
        server.restart();
        Await.until("its bytes are freed", () -> Files.notExists(file(resting)));
        Client again = registry.admin();
        expectError(again.get(resting), 404, "BLOB_UPLOAD_UNKNOWN");
        expectError(send(again, "PATCH", resting, noise(1)), 404, "BLOB_UPLOAD_UNKNOWN");
        assertThat(again.get(used).expect(204).header("Range")).contains("0-199");
    }

    private Path file(String location) {
        return Blobs.upload(registry.data(), location);
    }
}
