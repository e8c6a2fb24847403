package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** events.md 9.1: endpoints that only fail, where the operator wants them to be disabled. */
@WithServer(settings = "events.deliveries.auto-disable=true")
class AutomaticDisablingTest {

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    AutomaticDisablingTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    @Test
    void an_endpoint_without_success_for_five_days_is_disabled() {
        receiver.answering(500);
        Endpoint endpoint = acme.endpoint(receiver, "*");
        for (int day = 0; day < 5; day++) {
            acme.attempted(acme.deliveryOf(acme.post("order.shipped")), 1);
            assertThat(status(endpoint)).isEqualTo("active");
            server.advance(Duration.ofDays(1));
        }

        server.advance(Duration.ofMinutes(11));

        Await.until("the endpoint is disabled", () -> status(endpoint).equals("disabled"));
    }

    @Test
    void one_success_starts_a_new_count() {
        receiver.answering(500);
        Endpoint endpoint = acme.endpoint(receiver, "*");
        acme.attempted(acme.deliveryOf(acme.post("order.shipped")), 1);
        server.advance(Duration.ofDays(4));
        receiver.answering(200);
        acme.delivery(acme.deliveryOf(acme.post("order.shipped")), "delivered");
        receiver.answering(500);
        acme.attempted(acme.deliveryOf(acme.post("order.shipped")), 1);
        server.advance(Duration.ofDays(2));
        acme.attempted(acme.deliveryOf(acme.post("order.shipped")), 1);

        server.advance(Duration.ofMinutes(11));
        String later = acme.post("order.shipped");

        acme.attempted(acme.deliveryOf(later), 1);
        assertThat(status(endpoint)).isEqualTo("active");
    }

    private String status(Endpoint endpoint) {
        return acme.sandbox().get("/v1/webhooks/" + endpoint.id()).expect(200).string("status");
    }
}
