package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.Signatures;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /webhooks}: registering, changing, disabling, rotating, testing and deleting. */
@WithServer
class WebhookPagesTest {

    private static final Pattern WEBHOOK = Pattern.compile("href=\"/webhooks/(wh_[0-9a-z]+)\"");
    private static final String SECRET = "whsec_[A-Za-z0-9+/=]+";

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;
    private Visitor visitor;

    WebhookPagesTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.member(server, acme, "_organization_admin");
    }

    private Reply register(String url, String events) {
        return visitor.submit(
                visitor.get("/webhooks/new?workspace=" + acme.workspace()),
                "/webhooks",
                "workspace",
                acme.workspace(),
                "url",
                url,
                "events",
                events);
    }

    @Test
    void a_webhook_is_registered_and_its_secret_is_shown_this_once() {
        assertThat(visitor.get("/webhooks").text()).contains("No webhooks");

        Reply made = register(receiver.url(), "order.*\ninvoice.issued").expect(201);

        String secret = Visitor.found(made, SECRET);
        String id = Visitor.found(made, "wh_[0-9a-z]+");
        assertThat(made.header("Cache-Control")).contains("no-store");
        acme.post("invoice.issued");
        assertThat(Signatures.verify(receiver.next(), secret)).isTrue();
        for (String path : new String[] {"/webhooks", "/webhooks/" + id}) {
            assertThat(visitor.get(path).expect(200).text())
                    .contains(receiver.url())
                    .contains("<code class=\"chip\">order.*</code>")
                    .contains("<code class=\"chip\">invoice.issued</code>")
                    .doesNotContain("whsec_");
        }
    }

    @Test
    void what_was_wrong_is_said_beside_its_field_and_what_was_typed_stays() {
        Reply wrongUrl = register("ftp://example.com/hook", "order.*");
        Reply wrongEvents = register("https://example.com/hook", "order..shipped, **");

        assertThat(wrongUrl.expect(400).text())
                .contains("id=\"problem-url\" role=\"alert\"")
                .contains("value=\"ftp://example.com/hook\"")
                .contains(">order.*</textarea>");
        assertThat(wrongEvents.expect(400).text())
                .contains("id=\"problem-events\" role=\"alert\"")
                .contains("value=\"https://example.com/hook\"")
                .contains(">order..shipped, **</textarea>");
        assertThat(visitor.get("/webhooks").text()).contains("No webhooks");
    }

    @Test
    void address_and_filter_are_changed() {
        Endpoint endpoint = acme.endpoint("https://example.com/old", "order.*");
        Reply page = visitor.get("/webhooks/" + endpoint.id()).expect(200);

        Reply saved = visitor.submit(
                page, "/webhooks/" + endpoint.id(), "url", receiver.url(), "events", "invoice.*\npayment.*");

        assertThat(visitor.follow(saved).expect(200).text())
                .contains("The webhook is saved.")
                .contains("<code class=\"chip\">payment.*</code>")
                .doesNotContain("<code class=\"chip\">order.*</code>");
        acme.post("order.shipped");
        acme.post("invoice.issued");
        assertThat(receiver.next().json().at("/data/type").asString()).isEqualTo("invoice.issued");
    }

    @Test
    void a_change_that_is_wrong_changes_nothing_and_stays_in_the_form() {
        Endpoint endpoint = acme.endpoint("https://example.com/old", "order.*");

        Reply wrong = visitor.submit(
                visitor.get("/webhooks/" + endpoint.id()),
                "/webhooks/" + endpoint.id(),
                "url",
                "nonsense",
                "events",
                "order.*");

        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-url\" role=\"alert\"")
                .contains("value=\"nonsense\"");
        assertThat(visitor.get("/webhooks/" + endpoint.id()).text()).contains("value=\"https://example.com/old\"");
    }

    @Test
    void a_disabled_webhook_is_told_nothing_until_it_is_enabled() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String path = "/webhooks/" + endpoint.id();

        Reply disabled = visitor.follow(visitor.submit(visitor.get(path), path + "/status"));
        acme.post("order.shipped");

        assertThat(disabled.text())
                .contains("The webhook is disabled: deliveries to it are held.")
                .contains(">Enable</button>")
                .doesNotContain(">Send a test</button>");
        assertThat(receiver.received()).isEmpty();
        Reply enabled = visitor.follow(visitor.submit(disabled, path + "/status"));
        assertThat(enabled.text()).contains("The webhook is active");
        String event = acme.post("order.returned");
        while (!receiver.next().eventId().equals(event)) {
            assertThat(receiver.received()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_rotated_secret_is_shown_this_once_and_signs_beside_the_old_one() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String path = "/webhooks/" + endpoint.id();

        Reply rotated = visitor.submit(visitor.get(path), path + "/secret", "grace", "hour")
                .expect(200);

        String secret = Visitor.found(rotated, SECRET);
        assertThat(secret).isNotEqualTo(endpoint.secret());
        assertThat(rotated.text()).contains("The new signing secret").contains("the old and the new one");
        acme.post("order.shipped");
        Receiver.Delivery delivery = receiver.next();
        assertThat(Signatures.verify(delivery, secret)).isTrue();
        assertThat(Signatures.verify(delivery, endpoint.secret())).isTrue();
        assertThat(visitor.get(path).text()).contains("signs as well until").doesNotContain("whsec_");
    }

    @Test
    void a_test_is_sent_and_followed() {
        Endpoint endpoint = acme.endpoint(receiver, "nothing.ever");
        String path = "/webhooks/" + endpoint.id();

        Reply sent = visitor.submit(visitor.get(path), path + "/test");

        String delivery = receiver.next().id();
        assertThat(sent.header("Location")).contains("/deliveries/" + delivery + "?notice=test-sent");
        assertThat(visitor.follow(sent).expect(200).text()).contains("The test is sent.");
        acme.delivery(delivery, "delivered");
        assertThat(visitor.get(path).text()).contains("href=\"/deliveries/" + delivery + "\"");
    }

    @Test
    void a_deleted_webhook_is_gone_and_its_log_stays() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "delivered");
        String path = "/webhooks/" + endpoint.id();
        Reply page = visitor.get(path);
        assertThat(page.text()).contains("data-confirm=\"Delete this webhook?");

        Reply deleted = visitor.submit(page, path + "/delete");

        assertThat(visitor.follow(deleted).text())
                .contains("The webhook is deleted.")
                .contains("No webhooks");
        visitor.get(path).expect(404);
        assertThat(visitor.get("/deliveries/" + delivery).expect(200).text()).contains(">deleted</span>");
        assertThat(visitor.get("/deliveries").expect(200).text()).contains("a deleted webhook");
    }

    @Test
    void long_lists_page_by_cursor() {
        for (int i = 0; i < 27; i++) {
            acme.endpoint("https://example.com/hook/" + i, "*");
        }

        Reply newest = visitor.get("/webhooks").expect(200);
        Reply older = visitor.get(Visitor.link(newest, "Older")).expect(200);

        assertThat(WEBHOOK.matcher(newest.text()).results()).hasSize(25);
        assertThat(WEBHOOK.matcher(older.text()).results()).hasSize(2);
        visitor.get(Visitor.link(older, "Newest")).expect(200);
    }

    @Test
    void whatever_an_address_holds_is_text() {
        Endpoint endpoint = acme.endpoint("https://example.com/?a=1&b='x'&c=(alert)", "*");

        Reply page = visitor.get("/webhooks/" + endpoint.id()).expect(200);

        assertThat(page.text()).contains("?a=1&amp;b=").doesNotContain("a=1&b=");
    }
}
