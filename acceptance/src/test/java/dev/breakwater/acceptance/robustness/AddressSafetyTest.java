package dev.breakwater.acceptance.robustness;

import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestNames;
import dev.breakwater.acceptance.harness.WithServer;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks reach public addresses only, with the settings that every installation starts with. */
@WithServer(settings = {"events.deliveries.allow-http=false", "events.deliveries.allowed-networks="})
class AddressSafetyTest {

    private final Organization acme;
    private final Receiver receiver;

    AddressSafetyTest(Organization acme, Receiver receiver) {
        this.acme = acme;
        this.receiver = receiver;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/hook",
                "HTTP://example.com/hook",
                "ftp://example.com/hook",
                "//example.com/hook",
                "example.com/hook",
                "https://",
                "https:///hook",
                "https://user@example.com/hook",
                "https://user:password@example.com/hook",
                "https://example.com/hook#part",
                "https://example.com:0/hook",
                "https://example.com:99999/hook",
                "https://exa mple.com/hook",
                "https://example.com/\\u0000",
                ""
            })
    @Proves(contract = "events", lines = 56)
    void what_is_no_safe_https_url_is_refused(String url) {
        Reply reply = acme.sandbox().post("/v1/webhooks", webhook(acme.workspace(), url, "*"));

        reply.expectError(400, "invalid_request");
        assertThat(reply.string("error.param")).isEqualTo("url");
    }

    @Test
    @Proves(contract = "events", lines = 56)
    void a_url_has_at_most_2048_characters() {
        String longest = "https://example.com/" + "a".repeat(2_028);
        acme.sandbox()
                .post("/v1/webhooks", webhook(acme.workspace(), longest, "*"))
                .expect(201);
        acme.sandbox()
                .post("/v1/webhooks", webhook(acme.workspace(), longest + "a", "*"))
                .expectError(400, "invalid_request");
    }

    /** Refused when it is registered, or blocked when it is used; in neither case does anybody hear of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.255.255.254",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.0.0.1.",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "0.0.0.0",
                "0",
                "[::]",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "2852039166",
                "0xa9fea9fe",
                "[::ffff:169.254.169.254]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "224.0.0.1",
                "255.255.255.255",
                "[ff02::1]",
                "192.0.2.1",
                "198.18.0.1",
                "127.0.0.1%2f@example.com",
                "①②⑦.⓪.⓪.①"
            })
    @Proves(contract = "events", lines = 56)
    void no_spelling_of_a_private_address_is_called(String host) {
        String url = "https://" + host + ":" + receiver.port() + "/hook";

        Reply registered = acme.sandbox().post("/v1/webhooks", webhook(acme.workspace(), url, "*"));

        if (registered.status() == 201) {
            blocked();
        } else {
            registered.expectError(400, "invalid_request");
        }
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    @Proves(contract = "events", lines = 56)
    void a_name_that_leads_to_a_private_address_is_blocked() throws Exception {
        for (String address : List.of("127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "::ffff:10.0.0.1")) {
            TestNames.define("private.test", List.of(InetAddress.ofLiteral(address)));
            acme.endpoint("https://private.test:" + receiver.port() + "/hook", "*");
            blocked();
            TestNames.define("private.test", List.of(InetAddress.ofLiteral("127.0.0.1")));
        }
        assertThat(receiver.received()).isEmpty();
    }

    private void blocked() {
        for (String delivery : acme.deliveriesOf(acme.post("order.shipped"))) {
            assertThat(acme.attempted(delivery, 1)
                            .get("attempts")
                            .get(0)
                            .get("error_code")
                            .asString())
                    .isIn("address_blocked", "dns_failed");
        }
    }
}
