package dev.breakwater.acceptance.events;

import static dev.breakwater.acceptance.harness.Organization.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.Signatures;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** events.md, checklist: deliveries, their signatures. */
@WithServer
class SignaturesTest {

    private static final String VECTOR_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String VECTOR_PREVIOUS = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final String VECTOR_TIME = "1779710401";
    private static final String VECTOR_BODY =
            "{\"id\":\"del_0193f1a2c001\",\"type\":\"event.created\",\"created_at\":\"2026-05-25T12:00:01Z\","
                    + "\"data\":{\"id\":\"evt_02m4k9p1q7w3\",\"type\":\"order.shipped\","
                    + "\"workspace_id\":\"ws_018f3a2e4b9c\",\"payload\":{\"order_id\":\"ord_0192be7a3c4f\","
                    + "\"carrier\":\"ups\"},\"created_at\":\"2026-05-25T12:00:00Z\"}}";

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    SignaturesTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    /** The check that these tests make is right; the server's signer is held to the same vector by its unit test. */
    @Test
    @Proves(contract = "events", lines = 66)
    void the_check_of_these_tests_agrees_with_the_vector() {
        assertThat(vector(VECTOR_SECRET, VECTOR_BODY))
                .isEqualTo("8ffb2e350d5b39844a81f0cbfa0a05d3bdb996dbe724113a9029e7192f1eb9a9");
        assertThat(vector(VECTOR_PREVIOUS, VECTOR_BODY))
                .isEqualTo("716ee2ed1ad5ca4269fd2f1a35e5f7a0c90e4ee2a00bdd0f2845981901a73585");
        assertThat(vector(VECTOR_SECRET, VECTOR_BODY.replace("ups", "é☃")))
                .isEqualTo("6f19f73a8d098e5b059dcc241e42eda6463297f6b95649218057016bae88cafd");
        assertThat(vector(VECTOR_SECRET, ""))
                .isEqualTo("d51fe1ef19815f3351fe5d61703b60179a3fabdfb6fd0f21ca3b5a6b6e222f0e");
    }

    private static String vector(String secret, String body) {
        return Signatures.sign(secret, VECTOR_TIME, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Proves(contract = "events", lines = 66)
    void a_delivery_is_signed_with_the_secret_of_its_endpoint() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", "{\"carrier\":\"é☃\"}"))
                .expect(201);

        Delivery delivery = receiver.next();

        assertThat(delivery.header("Harbor-Signature"))
                .isEqualTo(Signatures.sign(endpoint.secret(), delivery.header("Harbor-Timestamp"), delivery.body()));
        assertThat(Signatures.verify(delivery, VECTOR_SECRET)).isFalse();
    }

    @Test
    @Proves(contract = "events", lines = 81)
    void during_a_rotation_both_secrets_verify_and_afterwards_the_new_one() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String fresh = acme.sandbox()
                .post("/v1/webhooks/" + endpoint.id() + "/rotate_secret", """
                        {"grace_period_seconds": 3600}""")
                .expect(200)
                .string("secret");
        assertThat(fresh).isNotEqualTo(endpoint.secret());

        server.advance(Duration.ofSeconds(3599));
        acme.post("order.shipped");
        Delivery during = receiver.next();
        server.advance(Duration.ofSeconds(1));
        acme.post("order.shipped");
        Delivery after = receiver.next();

        String timestamp = during.header("Harbor-Timestamp");
        assertThat(during.header("Harbor-Signature"))
                .isEqualTo(Signatures.sign(fresh, timestamp, during.body()) + ","
                        + Signatures.sign(endpoint.secret(), timestamp, during.body()));
        assertThat(during.header("webhook-signature").split(" ", -1)).hasSize(2);
        assertThat(Signatures.verify(after, fresh)).isTrue();
        assertThat(Signatures.verify(after, endpoint.secret())).isFalse();
        assertThat(after.header("webhook-signature").split(" ", -1)).hasSize(1);
    }

    @Test
    @Proves(contract = "events", lines = 81)
    void without_a_grace_period_the_old_secret_ends_at_once() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        acme.sandbox()
                .post("/v1/webhooks/" + endpoint.id() + "/rotate_secret", """
                        {"grace_period_seconds": 0}""")
                .expect(200);
        acme.post("order.shipped");

        assertThat(Signatures.verify(receiver.next(), endpoint.secret())).isFalse();
        acme.sandbox()
                .post("/v1/webhooks/" + endpoint.id() + "/rotate_secret", """
                        {"grace_period_seconds": 604801}""")
                .expectError(400, "invalid_request");
    }
}
