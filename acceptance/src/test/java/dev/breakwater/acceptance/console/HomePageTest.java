package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /}: how things stand, and the next step for a newcomer. */
@WithServer
class HomePageTest {

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;
    private Visitor visitor;

    HomePageTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.member(server, acme, "_organization_admin");
    }

    private static long done(Reply page) {
        return page.text().split("<li class=\"done\">", -1).length - 1L;
    }

    @Test
    void a_newcomer_is_guided_to_the_first_delivered_event() {
        Reply first = visitor.get("/").expect(200);

        assertThat(first.text())
                .contains("Your first delivered event")
                .contains("curl -s " + server.url() + "/v1/events")
                .contains(acme.workspace())
                .contains("href=\"/webhooks/new?workspace=" + acme.workspace() + "\"");
        assertThat(done(first)).isEqualTo(1);

        acme.endpoint(receiver, "*");
        assertThat(done(visitor.get("/"))).isEqualTo(2);

        receiver.answering(500);
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "retrying");
        assertThat(done(visitor.get("/"))).isEqualTo(3);

        receiver.answering(200);
        server.advance(Duration.ofMinutes(5));
        acme.delivery(delivery, "delivered");
        assertThat(visitor.get("/").text()).doesNotContain("Your first delivered event");
    }

    @Test
    void what_happened_in_the_last_hour_is_counted_and_drawn() {
        acme.endpoint(receiver, "order.*");
        receiver.answering(Receiver.Response.of(500), Receiver.Response.of(200));
        acme.delivery(acme.deliveryOf(acme.post("order.shipped")), "retrying");
        acme.delivery(acme.deliveryOf(acme.post("order.shipped")), "delivered");
        acme.post("invoice.issued");

        String attempts = "Delivery attempts by minute, 2 in the last hour, of which 1 failed";
        Await.until("both attempts are counted", () -> visitor.get("/").text().contains(attempts));

        assertThat(visitor.get("/").expect(200).text())
                .contains("aria-label=\"Events by minute, 3 in the last hour\"")
                .contains("<rect class=\"failed\"")
                .contains("failed: 1 in the last hour, 1 in a day");
    }

    @Test
    void what_is_not_delivered_is_in_view() {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "retrying");

        assertThat(visitor.get("/").text()).contains("Not delivered").contains("href=\"/deliveries/" + delivery + "\"");
    }

    @Test
    void a_viewer_sees_how_things_stand_and_no_first_steps() {
        acme.post("order.shipped");
        Visitor viewer = Visitor.member(server, acme, "_organization_viewer");

        assertThat(viewer.get("/").expect(200).text())
                .contains("Events by minute, 1 in the last hour")
                .contains(acme.workspace())
                .doesNotContain("Your first delivered event");
    }

    @Test
    void every_answer_lets_nothing_be_loaded_from_elsewhere_or_kept() {
        Reply page = visitor.get("/").expect(200);

        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.text())
                .doesNotContainPattern("(src|href|action)=\"(https?:)?//")
                .doesNotContainPattern("\\son[a-z]+=\"")
                .doesNotContain("style=\"")
                .doesNotContainPattern("<script(?! src=\"/assets/)");
    }
}
