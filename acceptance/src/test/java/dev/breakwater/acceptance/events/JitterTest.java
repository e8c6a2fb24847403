package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** events.md 10.6: delays are lengthened at random, by a tenth at most. */
@WithServer(settings = "events.deliveries.jitter=0.10")
class JitterTest {

    @Test
    @Proves(contract = "events", lines = 69)
    void the_second_attempt_comes_after_five_minutes_and_up_to_a_tenth_more(
            TestServer server, Organization acme, Receiver receiver) {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        Instant start = server.time().instant();
        Set<Instant> times = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String delivery = acme.deliveryOf(acme.post("order.shipped"));
            times.add(Instant.parse(
                    acme.attempted(delivery, 1).get("next_attempt_at").asString()));
        }

        assertThat(times)
                .hasSizeGreaterThan(1)
                .allSatisfy(time -> assertThat(Duration.between(start, time))
                        .isBetween(Duration.ofSeconds(300), Duration.ofSeconds(330)));
    }
}
