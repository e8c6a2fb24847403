package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /events}: the list with its filters, one event with its deliveries, and posting one by hand. */
@WithServer
class EventPagesTest {

    private static final Pattern EVENT = Pattern.compile("href=\"/events/(evt_[0-9a-z]+)\"");

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;
    private Visitor visitor;

    EventPagesTest(TestServer server, Organization acme, Receiver receiver) {
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
        return EVENT.matcher(page.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void an_empty_workspace_says_how_to_begin() {
        Reply page = visitor.get("/events").expect(200);

        assertThat(page.text()).contains("No events yet").contains("How to post the first one");
    }

    @Test
    void events_are_listed_newest_first_with_type_and_payload() {
        String first = acme.post("order.shipped");
        String second = acme.post("order.returned");

        Reply page = visitor.get("/events?workspace=" + acme.workspace()).expect(200);

        assertThat(listed(page)).containsExactly(second, first);
        assertThat(page.text()).contains("order.returned").contains("ord_0192be7a3c4f");
    }

    @Test
    void the_list_is_narrowed_by_type_and_time() {
        String shipped = acme.post("order.shipped");
        server.advance(Duration.ofHours(1));
        String between = server.time().instant().toString().substring(0, 16);
        String returned = acme.post("order.returned");
        String issued = acme.post("invoice.issued");

        assertThat(listed(visitor.get("/events?type=order.*"))).containsExactly(returned, shipped);
        assertThat(listed(visitor.get("/events?type=order.shipped,invoice.issued")))
                .containsExactly(issued, shipped);
        assertThat(listed(visitor.get("/events?from=" + between))).containsExactly(issued, returned);
        assertThat(listed(visitor.get("/events?until=" + between))).containsExactly(shipped);
        Reply none = visitor.get("/events?type=nothing.*").expect(200);
        assertThat(none.text())
                .contains("No event fits")
                .contains("value=\"nothing.*\"")
                .contains(">Clear</a>");
    }

    @Test
    void a_filter_that_is_none_is_explained() {
        assertThat(visitor.get("/events?from=yesterday").expect(400).text()).contains("Write it as 2026-05-25T12:00");
        visitor.get("/events?starting_after=del_x").expect(400);
        visitor.get("/events?workspace=ws_01m7y4dvnee00a89jcq6j8yy8z").expect(404);
    }

    @Test
    void long_lists_page_by_cursor_and_keep_their_filters() {
        for (int i = 0; i < 30; i++) {
            acme.post("order.shipped");
        }
        acme.post("invoice.issued");
        String list = "/events?workspace=" + acme.workspace() + "&type=order.*";

        Reply newest = visitor.get(list).expect(200);
        Reply older = visitor.get(Visitor.link(newest, "Older")).expect(200);

        assertThat(listed(newest)).hasSize(25);
        assertThat(listed(older)).hasSize(5).doesNotContainAnyElementsOf(listed(newest));
        assertThat(older.text()).doesNotContain(">Older</a>");
        assertThat(Visitor.link(older, "Newest")).isEqualTo(list);
    }

    @Test
    void one_event_shows_its_payload_and_leads_to_its_deliveries() {
        acme.endpoint(receiver, "*");
        String event = acme.post("order.shipped");
        String delivery = acme.deliveryOf(event);

        Reply page = visitor.get("/events/" + event).expect(200);

        assertThat(page.text())
                .contains("<h1 class=\"break\">order.shipped</h1>")
                .contains(event)
                .contains("\"carrier\": \"ups\"")
                .contains("href=\"/deliveries/" + delivery + "\"");
        visitor.get("/deliveries/" + delivery).expect(200);
    }

    @Test
    void an_event_that_nobody_was_told_of_says_so() {
        assertThat(visitor.get("/events/" + acme.post("order.shipped")).text())
                .contains("No webhook subscribed to this type when the event came");
    }

    @Test
    void an_event_is_posted_by_hand_and_delivered() {
        acme.endpoint(receiver, "order.*");
        Reply form = visitor.get("/events/new?workspace=" + acme.workspace()).expect(200);

        Reply posted = visitor.submit(
                form,
                "/events",
                "workspace",
                acme.workspace(),
                "type",
                "order.shipped",
                "payload",
                "{\"order_id\": \"by hand\"}");

        assertThat(visitor.follow(posted).expect(200).text())
                .contains("The event is posted.")
                .contains("by hand");
        assertThat(receiver.next().text()).contains("\"payload\":{\"order_id\":\"by hand\"}");
    }

    @Test
    void what_was_wrong_is_said_beside_its_field_and_what_was_typed_stays() {
        Reply form = visitor.get("/events/new?workspace=" + acme.workspace());

        Reply wrongType = visitor.submit(
                form, "/events", "workspace", acme.workspace(), "type", "order shipped!", "payload", "{\"n\": 1}");
        Reply wrongPayload = visitor.submit(
                form, "/events", "workspace", acme.workspace(), "type", "order.shipped", "payload", "{\"n\": }");

        assertThat(wrongType.expect(400).text())
                .contains("id=\"problem-type\" role=\"alert\"")
                .contains("value=\"order shipped!\"")
                .contains(">{\"n\": 1}</textarea>");
        assertThat(wrongPayload.expect(400).text())
                .contains("id=\"problem-payload\" role=\"alert\"")
                .contains("value=\"order.shipped\"")
                .contains(">{\"n\": }</textarea>");
    }

    @Test
    void an_event_can_be_posted_once_more() {
        String event = acme.post("order.shipped");

        Reply form = visitor.get(Visitor.link(visitor.get("/events/" + event), "Post one like it"));

        assertThat(form.expect(200).text())
                .contains("value=\"order.shipped\"")
                .contains("\"carrier\": \"ups\"")
                .contains("value=\"" + acme.workspace() + "\" selected");
    }

    @Test
    void whatever_programs_send_is_text() {
        String hostile = "</pre><script>alert(1)</script><img src=x onerror='alert(2)'>\\\"&amp;";
        String event = acme.sandbox()
                .post("/v1/events", Organization.event(acme.workspace(), "order.shipped", """
                        {"note": "%s"}""".formatted(hostile)))
                .expect(201)
                .string("id");

        for (String path : List.of("/events", "/events/" + event, "/events/new?copy=" + event)) {
            assertThat(visitor.get(path).expect(200).text())
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img")
                    .contains("&amp;amp;");
        }
    }

    @Test
    void whatever_the_address_says_is_text() {
        Reply page = visitor.get("/settings/audit?actor=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

        assertThat(page.text()).contains("value=\"&#34;>&lt;script>alert(1)&lt;/script>\"");
    }
}
