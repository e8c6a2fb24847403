package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.Signatures;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** curl, the client of every first try. */
@WithServer
class CurlTest {

    private final TestServer server;
    private final Organization acme;

    CurlTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @BeforeEach
    void is_installed() {
        assumeTrue(
                List.of(System.getenv("PATH").split(File.pathSeparator, -1)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl"))),
                "curl is not installed");
    }

    @Test
    void curl_posts_an_event_that_a_receiver_gets_signed(Receiver receiver) throws Exception {
        Endpoint endpoint = acme.endpoint(receiver, "order.*");

        JsonNode created = curl("-X", "POST", server.url() + "/v1/events", "-d", acme.event("order.shipped"));
        JsonNode read = curl(server.url() + "/v1/events/" + created.get("id").asString());

        assertThat(read).isEqualTo(created);
        Delivery delivery = receiver.next();
        assertThat(delivery.eventId()).isEqualTo(created.get("id").asString());
        assertThat(Signatures.verify(delivery, endpoint.secret())).isTrue();
    }

    private JsonNode curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--fail",
                "--max-time",
                "20",
                "-H",
                "Authorization: Bearer " + acme.sandboxKey(),
                "-H",
                "Content-Type: application/json"));
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(curl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).as(error).isZero();
        return new JsonMapper().readTree(answer);
    }
}
