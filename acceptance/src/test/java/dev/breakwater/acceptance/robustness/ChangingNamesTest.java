package dev.breakwater.acceptance.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.TestNames;
import dev.breakwater.acceptance.harness.WithServer;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A name that leads elsewhere each time it is looked up gains nothing: the address that was checked is the one that
 * is called. Of the loopback network only 127.0.0.2 may be reached here.
 */
@WithServer(settings = "events.deliveries.allowed-networks=127.0.0.2/32")
class ChangingNamesTest {

    private static final List<InetAddress> PERMITTED = addresses("127.0.0.2");
    private static final List<InetAddress> FORBIDDEN = addresses("127.0.0.1");

    private final Organization acme;
    /** Listens where nobody may call. */
    private final Receiver trap;

    ChangingNamesTest(Organization acme, Receiver receiver) {
        this.acme = acme;
        trap = receiver;
    }

    private static List<InetAddress> addresses(String... texts) {
        return java.util.Arrays.stream(texts).map(ChangingNamesTest::address).toList();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void the_address_that_was_checked_is_the_one_that_is_called() {
        try (Receiver permitted = Receiver.startOn(PERMITTED.getFirst(), trap.port())) {
            TestNames.define("rebind.test", PERMITTED, FORBIDDEN);
            acme.endpoint("http://rebind.test:" + trap.port() + "/hook", "*");

            String delivery = acme.deliveryOf(acme.post("order.shipped"));

            assertThat(acme.delivery(delivery, "delivered").get("attempt_count").asInt())
                    .isEqualTo(1);
            assertThat(permitted.received()).hasSize(1);
            assertThat(TestNames.lookUps("rebind.test")).isEqualTo(1);
            assertThat(trap.received()).isEmpty();
        }
    }

    @Test
    void the_next_attempt_is_checked_anew() {
        TestNames.define("later.test", FORBIDDEN);
        acme.endpoint("http://later.test:" + trap.port() + "/hook", "*");

        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        assertThat(errorOf(delivery)).isEqualTo("address_blocked");
        assertThat(trap.received()).isEmpty();
    }

    @Test
    void one_forbidden_address_among_others_spoils_the_name() {
        TestNames.define("mixed.test", addresses("127.0.0.2", "127.0.0.1"));
        acme.endpoint("http://mixed.test:" + trap.port() + "/hook", "*");

        assertThat(errorOf(acme.deliveryOf(acme.post("order.shipped")))).isEqualTo("address_blocked");
        assertThat(trap.received()).isEmpty();
    }

    private String errorOf(String delivery) {
        return acme.attempted(delivery, 1)
                .get("attempts")
                .get(0)
                .get("error_code")
                .asString();
    }
}
