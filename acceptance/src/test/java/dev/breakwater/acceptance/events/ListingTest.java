package dev.breakwater.acceptance.events;

import static dev.breakwater.acceptance.harness.Organization.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** events.md, checklist: listing. */
@WithServer
class ListingTest {

    private final TestServer server;
    private final Organization acme;

    ListingTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    /** Creates events and returns their ids, newest first. */
    private List<String> events(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.addFirst(acme.post("order.shipped"));
        }
        return ids;
    }

    private Reply list(String more) {
        return acme.sandbox().get("/v1/events?workspace_id=" + acme.workspace() + more);
    }

    @Test
    @Proves(
            contract = "events",
            lines = {43, 44, 45})
    void twenty_five_events_make_two_pages_newest_first() {
        List<String> events = events(25);

        Reply first = list("").expect(200);
        Reply second = list("&starting_after=" + first.string("end_cursor")).expect(200);

        assertThat(first.ids()).isEqualTo(events.subList(0, 20));
        assertThat(first.json().get("has_more").asBoolean()).isTrue();
        assertThat(first.string("end_cursor")).isEqualTo(events.get(19));
        assertThat(second.ids()).isEqualTo(events.subList(20, 25));
        assertThat(second.json().get("has_more").asBoolean()).isFalse();
    }

    @Test
    @Proves(contract = "events", lines = 44)
    void has_more_is_exact_when_the_last_page_is_full() {
        List<String> events = events(4);

        Reply first = list("&limit=2").expect(200);
        Reply second =
                list("&limit=2&starting_after=" + first.string("end_cursor")).expect(200);

        assertThat(second.ids()).isEqualTo(events.subList(2, 4));
        assertThat(second.json().get("has_more").asBoolean()).isFalse();
    }

    @Test
    @Proves(contract = "events", lines = 46)
    void a_limit_of_100_is_the_largest() {
        list("&limit=100").expect(200);
        list("&limit=1").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "0", "-1", "abc", "", "1.5", "99999999999999999999"})
    @Proves(contract = "events", lines = 46)
    void any_other_limit_is_refused(String limit) {
        Reply reply = list("&limit=" + limit);

        assertThat(reply.expectError(400, "invalid_request")).isEqualTo("limit must be between 1 and 100.");
        assertThat(reply.string("error.param")).isEqualTo("limit");
    }

    @Test
    @Proves(contract = "events", lines = 47)
    void a_cursor_of_yesterday_has_expired() {
        events(3);
        String cursor = list("&limit=2").expect(200).string("end_cursor");
        server.advance(Duration.ofHours(24).plusMinutes(1));

        assertThat(list("&starting_after=" + cursor).expectError(400, "invalid_request"))
                .isEqualTo("Cursor expired. Start a new pagination sequence.");
    }

    @Test
    @Proves(contract = "events", lines = 48)
    void a_cursor_works_for_23_hours_and_across_a_restart() {
        List<String> events = events(3);
        server.advance(Duration.ofHours(2));
        String cursor = list("&limit=2").expect(200).string("end_cursor");
        server.advance(Duration.ofHours(23));
        server.restart();

        assertThat(list("&starting_after=" + cursor).expect(200).ids()).containsExactly(events.get(2));
    }

    @Test
    @Proves(contract = "events", lines = 48)
    void a_cursor_handed_out_again_lives_on_from_then() {
        List<String> events = events(3);
        String cursor = list("&limit=2").expect(200).string("end_cursor");
        server.advance(Duration.ofHours(23));
        list("&limit=2").expect(200);
        server.advance(Duration.ofHours(23));

        assertThat(list("&starting_after=" + cursor).expect(200).ids()).containsExactly(events.get(2));
    }

    @Test
    @Proves(contract = "events", lines = 49)
    void events_that_come_between_two_pages_change_nothing() {
        List<String> events = events(5);
        Reply first = list("&limit=3").expect(200);
        events(4);

        Reply second =
                list("&limit=3&starting_after=" + first.string("end_cursor")).expect(200);

        assertThat(first.ids()).isEqualTo(events.subList(0, 3));
        assertThat(second.ids()).isEqualTo(events.subList(3, 5));
    }

    @Test
    @Proves(contract = "events", lines = 50)
    void an_empty_workspace_has_an_empty_page() {
        Reply page = list("").expect(200);

        assertThat(page.text()).isEqualTo("""
                {"data":[],"has_more":false,"end_cursor":null}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/events", "/v1/webhooks", "/v1/deliveries"})
    @Proves(contract = "events", lines = 51)
    void a_list_needs_a_workspace(String path) {
        Reply reply = acme.sandbox().get(path);

        reply.expectError(400, "invalid_request");
        assertThat(reply.string("error.param")).isEqualTo("workspace_id");
    }

    @Test
    @Proves(contract = "events", lines = 52)
    void a_cursor_of_another_workspace_is_refused() {
        String other = acme.newWorkspace();
        String foreign = acme.sandbox()
                .post("/v1/events", event(other, "order.shipped", "{}"))
                .expect(201)
                .string("id");

        for (String cursor : List.of(foreign, "evt_018f3a2e4b9c", "nonsense")) {
            assertThat(list("&starting_after=" + cursor).expectError(400, "invalid_request"))
                    .isEqualTo("Invalid cursor: " + cursor + ".");
        }
    }

    @Test
    @Proves(contract = "events", lines = 53)
    void types_and_patterns_select_events() {
        String shipped = acme.post("order.shipped");
        String line = acme.post("order.line.added");
        String paid = acme.post("invoice.paid");
        acme.post("orders.x");

        assertThat(list("&type=order.shipped").expect(200).ids()).containsExactly(shipped);
        assertThat(list("&type=order.*").expect(200).ids()).containsExactly(line, shipped);
        assertThat(list("&type=order.shipped&type=invoice.paid").expect(200).ids())
                .containsExactly(paid, shipped);
        assertThat(list("&type=*").expect(200).ids()).hasSize(4);
        list("&type=order.*.x").expectError(400, "invalid_request");
    }

    @Test
    @Proves(contract = "events", lines = 53)
    void the_lower_bound_of_time_is_inclusive_the_upper_one_is_not() {
        Instant start = server.time().instant();
        String first = acme.post("order.shipped");
        server.advance(Duration.ofSeconds(1));
        String second = acme.post("order.shipped");
        server.advance(Duration.ofSeconds(1));
        String third = acme.post("order.shipped");

        assertThat(list("&created_after=" + start.plusSeconds(1)).expect(200).ids())
                .containsExactly(third, second);
        assertThat(list("&created_before=" + start.plusSeconds(1)).expect(200).ids())
                .containsExactly(first);
        assertThat(list("&created_after=" + start.plusSeconds(1) + "&created_before=" + start.plusSeconds(2))
                        .expect(200)
                        .ids())
                .containsExactly(second);
        list("&created_after=yesterday").expectError(400, "invalid_request");
    }

    @Test
    void a_fresh_id_serves_as_a_cursor() {
        List<String> events = events(3);

        assertThat(list("&starting_after=" + events.get(1)).expect(200).ids()).containsExactly(events.get(2));
    }
}
