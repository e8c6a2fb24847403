package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** events.md 10.7: many deliveries sent again, counted first. */
@WithServer
class BulkReplayTest {

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    BulkReplayTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    private List<String> delivered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String delivery = acme.deliveryOf(acme.post("order.shipped"));
                    acme.delivery(delivery, "delivered");
                    return delivery;
                })
                .toList();
    }

    private String filter(String more) {
        return """
                {"workspace_id": "%s", "status": "delivered"%s}""".formatted(acme.workspace(), more);
    }

    @Test
    void a_dry_run_counts_and_sends_nothing() {
        acme.endpoint(receiver, "*");
        delivered(3);

        Reply counted = acme.sandbox()
                .post("/v1/deliveries/replay", filter(", \"dry_run\": true"))
                .expect(200);

        assertThat(counted.text()).isEqualTo("{\"dry_run\":true,\"matched\":3}");
        delivered(1);
        assertThat(receiver.received()).hasSize(4);
    }

    @Test
    @Proves(contract = "events", lines = 79)
    void what_the_filter_means_is_sent_again_and_nothing_else() {
        Endpoint wanted = acme.endpoint(receiver, "*");
        List<String> deliveries = delivered(5);
        try (Receiver other = Receiver.start()) {
            acme.endpoint(other, "order.*");
            acme.post("order.shipped");
            other.next();
            receiver.received().forEach(delivery -> receiver.next());
            acme.delivery(receiver.received().getLast().id(), "delivered");

            String replay = acme.sandbox()
                    .post("/v1/deliveries/replay", filter(", \"webhook_id\": \"" + wanted.id() + "\""))
                    .expect(202)
                    .string("id");

            Reply done = completed(acme.sandbox(), "/v1/deliveries/replays/" + replay);
            assertThat(done.json().get("matched").asInt()).isEqualTo(6);
            assertThat(done.json().get("replayed").asInt()).isEqualTo(6);
            Await.until("all have arrived again", () -> receiver.received().size() == 12);
            assertThat(receiver.received().subList(6, 12))
                    .extracting(Delivery::id)
                    .containsAll(deliveries);
            assertThat(other.received()).hasSize(1);
        }
    }

    @Test
    void an_administrator_replays_as_well() {
        acme.endpoint(receiver, "*");
        delivered(2);
        Client administrator = server.admin().client();

        String replay = administrator
                .post("/admin/v1/deliveries/replay", filter(""))
                .expect(202)
                .string("id");

        Reply done = completed(administrator, "/admin/v1/deliveries/replays/" + replay);
        assertThat(done.json().get("replayed").asInt()).isEqualTo(2);
    }

    @Test
    void a_key_replays_what_it_sees_only() {
        acme.endpoint(receiver, "*");
        delivered(1);

        server.newOrganization()
                .sandbox()
                .post("/v1/deliveries/replay", filter(""))
                .expectError(404, "resource_not_found");
        acme.restricted("events:read").post("/v1/deliveries/replay", filter("")).expectError(403, "permission_denied");
        acme.sandbox()
                .post("/v1/deliveries/replay", filter(", \"created_after\": \"soon\""))
                .expectError(400, "invalid_request");
    }

    private static Reply completed(Client client, String path) {
        return Await.value(
                "the replay is complete",
                () -> java.util.Optional.of(client.get(path))
                        .filter(reply -> reply.expect(200).string("status").equals("completed")));
    }
}
