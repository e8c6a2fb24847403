package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** events.md 10: what the dispatcher does beyond the lines of the checklist. */
@WithServer
class DispatchTest {

    private final Organization acme;
    private final Receiver receiver;

    DispatchTest(Organization acme, Receiver receiver) {
        this.acme = acme;
        this.receiver = receiver;
    }

    @Test
    void a_new_event_is_delivered_at_once() {
        acme.endpoint(receiver, "*");

        String event = acme.post("order.shipped");

        assertThat(receiver.next().eventId()).isEqualTo(event);
    }
}
