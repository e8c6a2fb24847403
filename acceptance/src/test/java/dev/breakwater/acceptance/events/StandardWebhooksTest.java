package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** events.md 10.4: a library that knows nothing of us. It reads the real clock, so the server's is not moved here. */
@WithServer
class StandardWebhooksTest {

    private static final String ANOTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final Organization acme;
    private final Receiver receiver;

    StandardWebhooksTest(Organization acme, Receiver receiver) {
        this.acme = acme;
        this.receiver = receiver;
    }

    @Test
    @Proves(contract = "events", lines = 67)
    void a_stock_library_verifies_a_delivery() throws Exception {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String event = acme.post("order.shipped");
        Delivery delivery = receiver.next();

        assertThat(delivery.header("webhook-id")).isEqualTo(event);
        assertThat(delivery.header("webhook-timestamp")).isEqualTo(delivery.header("Harbor-Timestamp"));
        new Webhook(endpoint.secret()).verify(delivery.text(), standardHeaders(delivery));
        assertThatThrownBy(() -> new Webhook(endpoint.secret())
                        .verify(delivery.text().replace("ups", "upz"), standardHeaders(delivery)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(ANOTHER_SECRET).verify(delivery.text(), standardHeaders(delivery)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private static Map<String, List<String>> standardHeaders(Delivery delivery) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            headers.put(name, List.of(delivery.header(name)));
        }
        return headers;
    }
}
