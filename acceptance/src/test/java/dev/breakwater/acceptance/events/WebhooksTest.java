package dev.breakwater.acceptance.events;

import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** events.md, checklist: endpoints. */
@WithServer
class WebhooksTest {

    private final TestServer server;
    private final Organization acme;

    WebhooksTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @Test
    @Proves(contract = "events", lines = 54)
    void an_endpoint_is_registered_active_and_with_a_secret() {
        Reply reply = acme.sandbox()
                .post("/v1/webhooks", """
                        {"workspace_id": "%s", "url": "https://api.example.com/harbor/webhooks",
                         "events": ["order.shipped", "invoice.paid", "order.shipped"]}""".formatted(acme.workspace()))
                .expect(201);

        assertThat(reply.string("id")).startsWith("wh_");
        assertThat(reply.string("status")).isEqualTo("active");
        assertThat(reply.string("url")).isEqualTo("https://api.example.com/harbor/webhooks");
        assertThat(reply.json().get("events").valueStream().map(event -> event.asString()))
                .containsExactly("order.shipped", "invoice.paid");
        assertThat(reply.string("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(reply.string("created_at")).isEqualTo(server.time().instant().toString());
    }

    @Test
    @Proves(contract = "events", lines = 54)
    void every_endpoint_has_a_secret_of_its_own() {
        String first = acme.endpoint("https://example.com/", "*").secret();
        String second = acme.endpoint("https://example.com/", "*").secret();

        assertThat(first).isNotEqualTo(second);
    }

    @Test
    @Proves(contract = "events", lines = 55)
    void the_secret_is_not_shown_again() {
        Endpoint endpoint = acme.endpoint("https://example.com/hook", "*");

        Reply retrieved = acme.sandbox().get("/v1/webhooks/" + endpoint.id()).expect(200);
        Reply listed = acme.sandbox()
                .get("/v1/webhooks?workspace_id=" + acme.workspace())
                .expect(200);
        Reply updated =
                acme.sandbox().put("/v1/webhooks/" + endpoint.id(), "{}").expect(200);

        assertThat(retrieved.json().propertyNames())
                .containsExactly("id", "workspace_id", "url", "events", "status", "created_at");
        for (Reply reply : new Reply[] {retrieved, listed, updated}) {
            assertThat(reply.text()).doesNotContain("secret").doesNotContain("whsec_");
        }
        assertThat(listed.ids()).containsExactly(endpoint.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.*.x", "*.shipped", "order*", "order.", "", "**", "a b", "order.*.*"})
    @Proves(contract = "events", lines = 57)
    void a_pattern_has_a_syntax(String pattern) {
        Reply reply = acme.sandbox().post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/", pattern));

        reply.expectError(400, "invalid_request");
        assertThat(reply.string("error.param")).isEqualTo("events");
    }

    @Test
    @Proves(contract = "events", lines = 57)
    void an_endpoint_subscribes_to_1_to_100_types() {
        acme.sandbox()
                .post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/"))
                .expectError(400, "invalid_request");
        String[] hundred = Collections.nCopies(100, "a").toArray(String[]::new);
        for (int i = 0; i < hundred.length; i++) {
            hundred[i] = "type." + i;
        }
        acme.sandbox()
                .post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/", hundred))
                .expect(201);
        String[] more = java.util.Arrays.copyOf(hundred, 101);
        more[100] = "type.100";
        acme.sandbox()
                .post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/", more))
                .expectError(400, "invalid_request");
    }

    @Test
    @Proves(contract = "events", lines = 58)
    void webhooks_manage_is_enough_for_everything_about_them() {
        Client manager = acme.restricted("webhooks:manage");
        String id = manager.post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/hook", "*"))
                .expect(201)
                .string("id");

        assertThat(manager.get("/v1/webhooks/" + id).expect(200).string("id")).isEqualTo(id);
        assertThat(manager.get("/v1/webhooks?workspace_id=" + acme.workspace())
                        .expect(200)
                        .ids())
                .containsExactly(id);
        Reply updated = manager.put("/v1/webhooks/" + id, """
                        {"url": "https://example.com/other", "events": ["order.*"], "id": "wh_018f3a2e4b9c",
                         "secret": "whsec_mine"}""").expect(200);
        assertThat(updated.string("url")).isEqualTo("https://example.com/other");
        assertThat(updated.string("id")).isEqualTo(id);
        assertThat(updated.string("status")).isEqualTo("active");
        manager.delete("/v1/webhooks/" + id).expect(204);
        assertThat(manager.delete("/v1/webhooks/" + id).expectError(404, "resource_not_found"))
                .isEqualTo("No webhook found with id " + id + ".");
    }

    @Test
    @Proves(contract = "events", lines = 59)
    void a_disabled_endpoint_gets_no_new_deliveries(Receiver receiver) {
        Endpoint endpoint = acme.endpoint(receiver, "order.shipped");
        acme.sandbox().put("/v1/webhooks/" + endpoint.id(), """
                {"status": "disabled"}""").expect(200);
        String missed = acme.post("order.shipped");
        acme.sandbox().put("/v1/webhooks/" + endpoint.id(), """
                {"status": "active"}""").expect(200);
        String event = acme.post("order.shipped");

        assertThat(acme.deliveriesOf(missed)).isEmpty();
        assertThat(receiver.next().eventId()).isEqualTo(event);
    }

    @Test
    @Proves(contract = "events", lines = 59)
    void deliveries_of_a_disabled_endpoint_are_held_and_go_on_in_time(Receiver receiver) {
        receiver.answering(500);
        Endpoint endpoint = acme.endpoint(receiver, "order.shipped");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);
        acme.sandbox().put("/v1/webhooks/" + endpoint.id(), """
                {"status": "disabled"}""").expect(200);
        acme.delivery(delivery, "held");
        server.advance(Duration.ofHours(1));
        receiver.answering(200);

        acme.sandbox().put("/v1/webhooks/" + endpoint.id(), """
                {"status": "active"}""").expect(200);

        assertThat(acme.delivery(delivery, "delivered").get("attempt_count").asInt())
                .isEqualTo(2);
    }

    @Test
    @Proves(contract = "events", lines = 59)
    void deliveries_of_an_endpoint_disabled_for_72_hours_fail(Receiver receiver) {
        receiver.answering(500);
        Endpoint endpoint = acme.endpoint(receiver, "order.shipped");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);
        acme.sandbox().put("/v1/webhooks/" + endpoint.id(), """
                {"status": "disabled"}""").expect(200);
        server.advance(Duration.ofHours(73));
        acme.sandbox().put("/v1/webhooks/" + endpoint.id(), """
                {"status": "active"}""").expect(200);

        assertThat(acme.delivery(delivery, "failed").get("attempt_count").asInt())
                .isEqualTo(1);
    }

    @Test
    @Proves(contract = "events", lines = 60)
    void a_deleted_endpoint_is_gone_and_what_was_pending_is_canceled(Receiver receiver) {
        receiver.answering(500);
        Endpoint endpoint = acme.endpoint(receiver, "order.shipped");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);

        acme.sandbox().delete("/v1/webhooks/" + endpoint.id()).expect(204);

        assertThat(acme.sandbox().get("/v1/webhooks/" + endpoint.id()).expectError(404, "resource_not_found"))
                .isEqualTo("No webhook found with id " + endpoint.id() + ".");
        assertThat(acme.delivery(delivery, "canceled").get("attempts").size()).isEqualTo(1);
        server.advance(Duration.ofHours(1));
        assertThat(acme.delivery(delivery).get("attempt_count").asInt()).isEqualTo(1);
        acme.sandbox().send("POST", "/v1/deliveries/" + delivery + "/replay").expectError(400, "invalid_request");
    }

    @Test
    @Proves(contract = "events", lines = 60)
    void an_attempt_under_way_when_the_endpoint_is_deleted_does_not_bring_it_back(Receiver receiver) {
        CountDownLatch released = receiver.holding(500);
        Endpoint endpoint = acme.endpoint(receiver, "order.shipped");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        receiver.next();

        acme.sandbox().delete("/v1/webhooks/" + endpoint.id()).expect(204);
        released.countDown();

        acme.attempted(delivery, 1);
        assertThat(acme.delivery(delivery).get("status").asString()).isEqualTo("canceled");
    }

    @Test
    void a_workspace_has_at_most_fifty_endpoints() {
        for (int i = 0; i < 50; i++) {
            acme.endpoint("https://example.com/" + i, "*");
        }

        acme.sandbox()
                .post("/v1/webhooks", webhook(acme.workspace(), "https://example.com/51", "*"))
                .expectError(400, "invalid_request");
    }
}
