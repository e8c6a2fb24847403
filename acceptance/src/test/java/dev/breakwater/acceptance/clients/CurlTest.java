package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.Signatures;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** curl, the client of every first try. */
@WithServer
class CurlTest {

    private final TestServer server;
    private final Organization acme;

    CurlTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
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

    private JsonNode curl(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--silent",
                "--show-error",
                "--fail",
                "-H",
                "Authorization: Bearer " + acme.sandboxKey(),
                "-H",
                "Content-Type: application/json"));
        all.addAll(List.of(arguments));
        return Tool.named("curl")
                .assumeInstalled()
                .run(all.toArray(String[]::new))
                .json();
    }
}
