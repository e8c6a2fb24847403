package dev.breakwater.acceptance.events;

import static dev.breakwater.acceptance.harness.Organization.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.Receiver.Response;
import dev.breakwater.acceptance.harness.SelfSigned;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** events.md, checklist: deliveries, what is sent and what counts as received. */
@WithServer
class DeliveriesTest {

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    DeliveriesTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    @Test
    @Proves(contract = "events", lines = 61)
    void a_matching_event_is_posted_in_its_envelope() {
        acme.endpoint(receiver, "order.shipped");
        String event = acme.post("order.shipped");

        Delivery delivery = receiver.next();

        assertThat(delivery.method()).isEqualTo("POST");
        assertThat(delivery.path()).isEqualTo("/hook");
        assertThat(delivery.header("Content-Type")).isEqualTo("application/json");
        assertThat(delivery.header("User-Agent")).isEqualTo("Harbor-Webhooks/1.0");
        assertThat(delivery.header("Harbor-Attempt")).isEqualTo("1");
        String now = server.time().instant().toString();
        assertThat(delivery.text())
                .isEqualTo(("{\"id\":\"%s\",\"type\":\"event.created\",\"created_at\":\"%s\",\"data\":{\"id\":\"%s\","
                                + "\"type\":\"order.shipped\",\"workspace_id\":\"%s\",\"payload\":"
                                + "{\"order_id\":\"ord_0192be7a3c4f\",\"carrier\":\"ups\"},\"created_at\":\"%s\"}}")
                        .formatted(acme.deliveryOf(event), now, event, acme.workspace(), now));
        acme.delivery(acme.deliveryOf(event), "delivered");
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    @Proves(contract = "events", lines = 62)
    void an_event_of_another_type_is_not_posted() {
        acme.endpoint(receiver, "order.shipped");
        String other = acme.post("order.cancelled");
        String event = acme.post("order.shipped");

        assertThat(receiver.next().eventId()).isEqualTo(event);
        assertThat(acme.deliveriesOf(other)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*, order.shipped, true",
        "*, x, true",
        "order.*, order.shipped, true",
        "order.*, order.line.added, true",
        "order.*, orders.x, false",
        "order.*, order, false",
        "order.shipped, order.shipped, true",
        "order.shipped, Order.shipped, false",
        "order.shipped, order.shipped.late, false"
    })
    @Proves(contract = "events", lines = 63)
    void a_pattern_selects_types(String pattern, String type, boolean selected) {
        acme.endpoint(receiver, pattern);

        assertThat(acme.deliveriesOf(acme.post(type))).hasSize(selected ? 1 : 0);
    }

    @Test
    @Proves(contract = "events", lines = 63)
    void an_endpoint_gets_an_event_once_even_if_several_patterns_select_it() {
        acme.endpoint(receiver, "order.*", "*", "order.shipped");

        assertThat(acme.deliveriesOf(acme.post("order.shipped"))).hasSize(1);
    }

    @Test
    @Proves(contract = "events", lines = 64)
    void three_endpoints_get_three_deliveries_of_one_event() {
        acme.endpoint(receiver, "order.shipped");
        acme.endpoint(receiver, "order.*");
        acme.endpoint(receiver, "*");
        String event = acme.post("order.shipped");

        List<Delivery> deliveries = List.of(receiver.next(), receiver.next(), receiver.next());

        assertThat(deliveries).extracting(Delivery::eventId).containsOnly(event);
        assertThat(deliveries).extracting(Delivery::id).doesNotHaveDuplicates();
        assertThat(acme.deliveriesOf(event))
                .containsExactlyInAnyOrderElementsOf(
                        deliveries.stream().map(Delivery::id).toList());
    }

    @Test
    @Proves(contract = "events", lines = 65)
    void a_delivery_carries_signature_time_and_id() {
        acme.endpoint(receiver, "*");
        acme.post("order.shipped");

        Delivery delivery = receiver.next();

        assertThat(delivery.header("Harbor-Signature")).matches("[0-9a-f]{64}");
        assertThat(delivery.header("Harbor-Timestamp"))
                .isEqualTo(Long.toString(server.time().instant().getEpochSecond()));
        assertThat(delivery.header("Harbor-Delivery-Id")).isEqualTo(delivery.id());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    @Proves(contract = "events", lines = 68)
    void any_2xx_is_success(int status) {
        receiver.answering(status);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        JsonNode delivered = acme.delivery(delivery, "delivered");

        assertThat(delivered.get("attempt_count").asInt()).isEqualTo(1);
        assertThat(delivered.get("attempts")).hasSize(1);
        assertThat(delivered.get("attempts").get(0).get("response_status").asInt())
                .isEqualTo(status);
        assertThat(delivered.get("attempts").get(0).has("error_code")).isFalse();
        assertThat(delivered.path("next_attempt_at").isNull()
                        || delivered.path("next_attempt_at").isMissingNode())
                .isTrue();
    }

    @Test
    @Proves(contract = "events", lines = 71)
    void an_answer_after_eleven_seconds_is_too_late() {
        CountDownLatch released = receiver.holding(200);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        receiver.next();
        server.advance(Duration.ofSeconds(11));

        JsonNode attempt = acme.attempted(delivery, 1).get("attempts").get(0);

        assertThat(attempt.get("error_code").asString()).isEqualTo("timeout");
        assertThat(attempt.has("response_status")).isFalse();
        assertThat(attempt.get("duration_ms").asInt()).isBetween(10_000, 11_000);
        released.countDown();
    }

    @Test
    @Proves(contract = "events", lines = 71)
    void an_answer_after_nine_seconds_is_in_time() {
        CountDownLatch released = receiver.holding(200);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        receiver.next();
        server.advance(Duration.ofSeconds(9));
        released.countDown();

        assertThat(acme.delivery(delivery, "delivered").get("attempt_count").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Proves(contract = "events", lines = 72)
    void a_redirect_is_a_failure_and_is_not_followed(int status) {
        try (Receiver target = Receiver.start()) {
            receiver.answering(Response.of(status).with("Location", target.url()));
            acme.endpoint(receiver, "*");
            String delivery = acme.deliveryOf(acme.post("order.shipped"));

            JsonNode attempt = acme.attempted(delivery, 1).get("attempts").get(0);

            assertThat(attempt.get("response_status").asInt()).isEqualTo(status);
            assertThat(attempt.get("error_code").asString()).isEqualTo("http_status");
            assertThat(target.received()).isEmpty();
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    @Proves(contract = "events", lines = 73)
    void a_refused_connection_is_logged_and_retried() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        acme.endpoint("http://127.0.0.1:" + port + "/hook", "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        JsonNode refused = acme.delivery(delivery, "retrying");

        assertThat(refused.get("attempts").get(0).get("error_code").asString()).isEqualTo("connection_failed");
        try (Receiver back = Receiver.startAt(port)) {
            server.advance(Duration.ofMinutes(5));
            assertThat(back.next().id()).isEqualTo(delivery);
            acme.delivery(delivery, "delivered");
        }
    }

    @Test
    @Proves(contract = "events", lines = 73)
    void a_name_that_does_not_exist_is_logged_and_retried() {
        acme.endpoint("http://receiver.invalid/hook", "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        JsonNode failed = acme.delivery(delivery, "retrying");

        assertThat(failed.get("attempts").get(0).get("error_code").asString()).isEqualTo("dns_failed");
    }

    @Test
    @Proves(contract = "events", lines = 73)
    void a_certificate_that_nobody_vouches_for_is_logged_and_retried() {
        try (Receiver untrusted = Receiver.startTls(SelfSigned.serverSockets())) {
            acme.endpoint(untrusted, "*");
            String delivery = acme.deliveryOf(acme.post("order.shipped"));

            JsonNode failed = acme.delivery(delivery, "retrying");

            assertThat(failed.get("attempts").get(0).get("error_code").asString())
                    .isEqualTo("tls_failed");
            assertThat(untrusted.received()).isEmpty();
        }
    }

    @Test
    @Proves(contract = "events", lines = 74)
    void an_endpoint_that_hangs_delays_nobody_else() {
        try (Receiver hanging = Receiver.start()) {
            CountDownLatch released = hanging.holding(200);
            acme.endpoint(hanging, "*");
            acme.endpoint(receiver, "*");

            Set<String> posted = new HashSet<>();
            IntStream.range(0, 100).forEach(i -> posted.add(acme.post("order.shipped")));
            Set<String> received = new HashSet<>();
            IntStream.range(0, 100).forEach(i -> received.add(receiver.next().eventId()));

            assertThat(received).isEqualTo(posted);
            assertThat(hanging.received()).hasSizeBetween(1, 10);
            released.countDown();
        }
    }

    @Test
    @Proves(contract = "events", lines = 78)
    void a_receiver_that_rejects_the_signature_is_recognized() {
        receiver.answering(Response.of(400, "Invalid signature"));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        JsonNode attempt = acme.attempted(delivery, 1).get("attempts").get(0);

        assertThat(attempt.get("error_code").asString()).isEqualTo("webhook_signature_invalid");
        assertThat(attempt.get("response_body").asString()).isEqualTo("Invalid signature");
    }

    @ParameterizedTest
    @CsvSource({
        "401, INVALID SIGNATURE!, , webhook_signature_invalid",
        "403, no, webhook_signature_invalid, webhook_signature_invalid",
        "400, no, , http_status",
        "422, Invalid signature, , http_status"
    })
    @Proves(contract = "events", lines = 78)
    void the_label_depends_on_status_and_answer(int status, String body, String header, String code) {
        Response response = Response.of(status, body);
        receiver.answering(header == null ? response : response.with("Harbor-Error", header));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        JsonNode attempt = acme.attempted(delivery, 1).get("attempts").get(0);

        assertThat(attempt.get("error_code").asString()).isEqualTo(code);
    }

    @Test
    void an_answer_is_logged_up_to_16_kb() {
        receiver.answering(Response.of(500, "a".repeat(20_000)).with("X-Why", "broken"));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        JsonNode attempt = acme.attempted(delivery, 1).get("attempts").get(0);

        assertThat(attempt.get("response_body").asString()).isEqualTo("a".repeat(16_384));
        assertThat(attempt.get("response_headers").get("x-why").asString()).isEqualTo("broken");
    }

    @Test
    @Proves(contract = "events", lines = 82)
    void a_slow_receiver_does_not_delay_the_answer_to_the_sender() {
        CountDownLatch released = receiver.holding(200);
        acme.endpoint(receiver, "*");

        String event = acme.post("order.shipped");

        assertThat(receiver.next().eventId()).isEqualTo(event);
        acme.sandbox().get("/v1/events/" + event).expect(200);
        released.countDown();
        acme.delivery(acme.deliveryOf(event), "delivered");
    }

    @Test
    void a_test_event_goes_to_its_endpoint_alone() {
        try (Receiver other = Receiver.start()) {
            acme.endpoint(other, "*");
            Endpoint endpoint = acme.endpoint(receiver, "order.shipped");

            var started = acme.sandbox()
                    .send("POST", "/v1/webhooks/" + endpoint.id() + "/test")
                    .expect(202);

            Delivery delivery = receiver.next();
            assertThat(delivery.id()).isEqualTo(started.string("delivery_id"));
            assertThat(delivery.eventId()).isEqualTo(started.string("event_id"));
            assertThat(delivery.json().get("data").get("type").asString()).isEqualTo("harbor.test");
            assertThat(delivery.text()).contains("\"payload\":{\"test\":true}");
            assertThat(acme.deliveriesOf(started.string("event_id"))).hasSize(1);
        }
    }

    @Test
    void deliveries_are_listed_by_event_endpoint_and_status() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String first = acme.post("order.shipped");
        String second = acme.post("order.shipped");
        acme.delivery(acme.deliveryOf(first), "delivered");
        acme.delivery(acme.deliveryOf(second), "delivered");
        String list = "/v1/deliveries?workspace_id=" + acme.workspace();

        assertThat(acme.sandbox().get(list).expect(200).ids())
                .containsExactly(acme.deliveryOf(second), acme.deliveryOf(first));
        assertThat(acme.sandbox()
                        .get(list + "&webhook_id=" + endpoint.id() + "&status=delivered&limit=1")
                        .expect(200)
                        .ids())
                .containsExactly(acme.deliveryOf(second));
        assertThat(acme.sandbox().get(list + "&status=failed").expect(200).ids())
                .isEmpty();
        acme.sandbox().get(list + "&status=unknown").expectError(400, "invalid_request");
        assertThat(acme.sandbox().get("/v1/deliveries/del_invalid").expectError(404, "resource_not_found"))
                .isEqualTo("No delivery found with id del_invalid.");
    }

    @Test
    void events_reach_an_endpoint_in_the_order_of_their_creation() {
        acme.endpoint(receiver, "*");
        List<String> posted = IntStream.range(0, 10)
                .mapToObj(i -> {
                    String event = acme.sandbox()
                            .post("/v1/events", event(acme.workspace(), "order.shipped", "{\"n\":" + i + "}"))
                            .expect(201)
                            .string("id");
                    assertThat(receiver.next().eventId()).isEqualTo(event);
                    return event;
                })
                .toList();

        assertThat(posted).isSorted();
    }
}
