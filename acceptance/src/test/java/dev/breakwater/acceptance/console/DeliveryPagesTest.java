package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Response;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /deliveries}: the log, each attempt, and sending again, one or many. */
@WithServer
class DeliveryPagesTest {

    private static final Pattern DELIVERY = Pattern.compile("href=\"/deliveries/(del_[0-9a-z]+)\"");
    private static final Pattern ATTEMPT = Pattern.compile("<article.*?</article>", Pattern.DOTALL);

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;
    private Visitor visitor;

    DeliveryPagesTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.member(server, acme, "_organization_admin");
    }

    private static List<String> listed(Reply page) {
        return DELIVERY.matcher(page.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> attempts(Reply page) {
        return ATTEMPT.matcher(page.text()).results().map(MatchResult::group).toList();
    }

    /** A delivery whose schedule is used up; the session is older than it may be afterwards, so a new one begins. */
    private String failed() {
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        for (int attempts = 1; attempts < 8; attempts++) {
            JsonNode now = acme.attempted(delivery, attempts);
            server.time().moveTo(Instant.parse(now.get("next_attempt_at").asString()));
        }
        acme.delivery(delivery, "failed");
        signIn();
        return delivery;
    }

    @Test
    @Proves(contract = "events", lines = 103)
    void each_attempt_shows_time_status_duration_and_response_and_a_failed_delivery_offers_replay() {
        acme.endpoint(receiver, "*");
        receiver.answering(
                Response.of(503, "try later").with("X-Shop", "closed"), Response.of(500, "the seventh of them"));
        String delivery = failed();
        List<JsonNode> known =
                acme.delivery(delivery).get("attempts").valueStream().toList();

        Reply page = visitor.get("/deliveries/" + delivery).expect(200);

        List<String> shown = attempts(page).reversed();
        assertThat(shown).hasSize(8).hasSameSizeAs(known);
        for (int i = 0; i < 8; i++) {
            JsonNode attempt = known.get(i);
            assertThat(shown.get(i))
                    .contains("Attempt " + (i + 1))
                    .contains("<time datetime=\"" + attempt.get("started_at").asString() + "\">")
                    .contains(">" + attempt.get("response_status").asInt() + " http_status</span>")
                    .contains("<span class=\"muted\">"
                            + attempt.get("duration_ms").asLong() + " ms</span>")
                    .contains(i == 0 ? "try later" : "the seventh of them");
        }
        assertThat(shown.getFirst()).containsIgnoringCase("<dt>x-shop</dt><dd>closed</dd>");
        assertThat(page.text())
                .contains("<span class=\"pill bad\">failed</span>")
                .contains("The endpoint answered with another status than 2xx.");
        assertThat(visitor.get("/deliveries?status=failed").text())
                .contains("action=\"/deliveries/" + delivery + "/replay\"");

        receiver.answering(200);
        Reply replayed = visitor.submit(page, "/deliveries/" + delivery + "/replay");

        acme.delivery(delivery, "delivered");
        Reply after = visitor.follow(replayed).expect(200);
        assertThat(after.text()).contains("The delivery is sent again.").contains("pill good\">delivered</span>");
        assertThat(attempts(after)).hasSize(9);
        assertThat(attempts(after).getFirst()).contains(">200</span>").contains(">replay</span>");
    }

    @Test
    void a_delivery_shows_what_is_posted() {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String event = acme.post("order.shipped");
        String delivery = acme.deliveryOf(event);
        acme.delivery(delivery, "delivered");

        Reply page = visitor.get("/deliveries/" + delivery).expect(200);

        assertThat(page.text())
                .contains("\"type\": \"event.created\"")
                .contains("\"carrier\": \"ups\"")
                .contains("<dt>harbor-delivery-id</dt><dd>" + delivery)
                .contains("href=\"/events/" + event + "\"")
                .contains("href=\"/webhooks/" + endpoint.id() + "\"")
                .contains("The body was empty.");
    }

    @Test
    void an_endpoint_that_is_away_is_explained() {
        int port;
        try (Receiver away = Receiver.start()) {
            port = away.port();
        }
        acme.endpoint("http://127.0.0.1:" + port + "/hook", "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "retrying");

        assertThat(visitor.get("/deliveries/" + delivery).text())
                .contains("connection_failed")
                .contains("Check that the endpoint runs and can be reached.")
                .contains("<dt>Next attempt</dt>");
    }

    @Test
    void an_endpoint_that_refuses_the_signature_is_explained() {
        receiver.answering(Response.of(400, "Invalid signature"));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "retrying");

        assertThat(visitor.get("/deliveries/" + delivery).text())
                .contains("400 webhook_signature_invalid")
                .contains("Check that it verifies the raw body with this webhook's secret");
    }

    @Test
    void the_log_is_narrowed_by_status_webhook_and_event_and_pages_by_cursor() {
        Endpoint endpoint = acme.endpoint(receiver, "order.*");
        for (int i = 0; i < 28; i++) {
            acme.post("order.shipped");
        }
        Endpoint other = acme.endpoint("http://127.0.0.1:1/hook", "invoice.*");
        String invoice = acme.post("invoice.issued");
        acme.delivery(acme.deliveryOf(invoice), "retrying");
        Await.until("all are delivered", () -> receiver.received().size() == 28);

        assertThat(listed(visitor.get("/deliveries?status=retrying"))).containsExactly(acme.deliveryOf(invoice));
        assertThat(listed(visitor.get("/deliveries?webhook=" + other.id()))).containsExactly(acme.deliveryOf(invoice));
        assertThat(listed(visitor.get("/deliveries?event=" + invoice))).containsExactly(acme.deliveryOf(invoice));
        assertThat(visitor.get("/deliveries?status=canceled").text()).contains("No delivery fits");
        Reply newest = visitor.get("/deliveries?webhook=" + endpoint.id()).expect(200);
        Reply older = visitor.get(Visitor.link(newest, "Older")).expect(200);
        assertThat(listed(newest)).hasSize(25);
        assertThat(listed(older)).hasSize(3).doesNotContainAnyElementsOf(listed(newest));
        assertThat(Visitor.link(older, "Newest")).isEqualTo("/deliveries?webhook=" + endpoint.id());
        assertThat(newest.text()).contains("data-live=\"/deliveries/live?webhook=" + endpoint.id() + "\"");
        assertThat(older.text()).doesNotContain("data-live=");
    }

    @Test
    void many_are_counted_before_they_are_sent_again() {
        acme.endpoint(receiver, "*");
        for (int i = 0; i < 3; i++) {
            acme.delivery(acme.deliveryOf(acme.post("order.shipped")), "delivered");
        }
        Reply none =
                visitor.get("/deliveries/replay?workspace=" + acme.workspace()).expect(200);
        assertThat(none.text()).contains("No delivery fits");

        Reply counted = visitor.get("/deliveries/replay?status=delivered&workspace=" + acme.workspace());

        assertThat(counted.expect(200).text()).contains("<strong>3</strong>").contains("Replay 3</button>");
        assertThat(receiver.received()).hasSize(3);
        Reply begun = visitor.submitLast(counted, "/deliveries/replay");
        String progress = begun.expect(303).header("Location").orElseThrow();
        Await.until(
                "all are on their way",
                () -> visitor.get(progress).expect(200).text().contains("All are on their way."));
        assertThat(visitor.get(progress).text()).contains("<dt>Sent again</dt><dd>3</dd>");
        Await.until("all have arrived again", () -> receiver.received().size() == 6);
    }

    @Test
    void a_time_that_is_none_is_said_beside_its_field() {
        Reply wrong = visitor.get("/deliveries/replay?from=soon&workspace=" + acme.workspace());

        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-from\" role=\"alert\"")
                .contains("value=\"soon\"")
                .doesNotContain("class=\"primary\">Replay");
    }

    @Test
    void whatever_an_endpoint_answers_is_text() {
        String hostile = "</pre><script>alert(1)</script>";
        receiver.answering(Response.of(500, hostile).with("X-Evil", "\"><script>alert(2)</script>"));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "retrying");

        assertThat(visitor.get("/deliveries/" + delivery).expect(200).text())
                .contains("&lt;script&gt;alert(1)")
                .contains("&lt;script&gt;alert(2)")
                .doesNotContain("<script>alert");
    }

    @Test
    void a_delivery_that_is_under_way_cannot_be_replayed() {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "retrying");

        Reply page = visitor.get("/deliveries/" + delivery);

        assertThat(page.text()).doesNotContain("/replay\"");
        String token = "form_token=" + Visitor.hidden(page, "form_token");
        assertThat(visitor.post("/deliveries/" + delivery + "/replay", token)
                        .expect(400)
                        .text())
                .contains("The delivery has not ended.");
    }
}
