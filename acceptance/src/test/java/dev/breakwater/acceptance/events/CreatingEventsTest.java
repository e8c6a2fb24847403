package dev.breakwater.acceptance.events;

import static dev.breakwater.acceptance.harness.Organization.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** events.md, checklist: creating and reading events. */
@WithServer
class CreatingEventsTest {

    private static final int PAYLOAD_LIMIT = 262_144;

    private final TestServer server;
    private final Organization acme;

    CreatingEventsTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @Test
    @Proves(contract = "events", lines = 20)
    void an_event_is_created_as_it_was_sent() {
        Reply reply = acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "invoice.paid", """
                        {"invoice_id": "inv_0192ac4e8b1d", "amount_cents": 4200}"""))
                .expect(201);

        assertThat(reply.json().propertyNames()).containsExactly("id", "type", "workspace_id", "payload", "created_at");
        assertThat(reply.string("id")).startsWith("evt_");
        assertThat(reply.string("type")).isEqualTo("invoice.paid");
        assertThat(reply.string("workspace_id")).isEqualTo(acme.workspace());
        assertThat(reply.text()).contains("""
                "payload":{"invoice_id":"inv_0192ac4e8b1d","amount_cents":4200}""");
        assertThat(reply.string("created_at"))
                .isEqualTo(server.time().instant().toString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    @Proves(contract = "events", lines = 21)
    void an_event_can_be_retrieved_at_once() {
        Reply created =
                acme.sandbox().post("/v1/events", acme.event("order.shipped")).expect(201);

        Reply retrieved =
                acme.sandbox().get("/v1/events/" + created.string("id")).expect(200);

        assertThat(retrieved.text()).isEqualTo(created.text());
    }

    @Test
    @Proves(contract = "events", lines = 22)
    void an_event_is_listed_first_at_once() {
        acme.post("order.packed");
        String newest = acme.post("order.shipped");

        Reply page = acme.sandbox()
                .get("/v1/events?workspace_id=" + acme.workspace())
                .expect(200);

        assertThat(page.ids().getFirst()).isEqualTo(newest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workspace_id", "type", "payload"})
    @Proves(contract = "events", lines = 23)
    void every_field_is_required_and_named(String field) {
        String body = """
                {"workspace_id": "%s", "type": "order.shipped", "payload": {}}""".formatted(acme.workspace()).replace("\"" + field + "\"", "\"other\"");

        Reply reply = acme.sandbox().post("/v1/events", body);

        assertThat(reply.expectError(400, "invalid_request")).isEqualTo("Missing required field: " + field + ".");
        assertThat(reply.string("error.param")).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "\"text\"", "1", "1.5", "true", "false", "null"})
    @Proves(contract = "events", lines = 24)
    void a_payload_that_is_no_object_is_refused(String payload) {
        Reply reply = acme.sandbox().post("/v1/events", event(acme.workspace(), "order.shipped", payload));

        reply.expectError(400, "invalid_request");
        assertThat(reply.string("error.param")).isEqualTo("payload");
    }

    @Test
    @Proves(contract = "events", lines = 25)
    void a_payload_may_have_262144_bytes() {
        String largest = payloadOf(PAYLOAD_LIMIT);
        Reply created = acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", largest))
                .expect(201);

        assertThat(acme.sandbox().get("/v1/events/" + created.string("id")).text())
                .contains(largest);
    }

    @Test
    @Proves(contract = "events", lines = 25)
    void a_payload_of_one_byte_more_is_refused() {
        Reply reply = acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", payloadOf(PAYLOAD_LIMIT + 1)));

        assertThat(reply.expectError(413, "invalid_request")).isEqualTo("payload exceeds the maximum size of 256 KB.");
        assertThat(reply.string("error.param")).isEqualTo("payload");
    }

    @Test
    @Proves(contract = "events", lines = 25)
    void the_size_counts_bytes_of_utf8_and_no_white_space() {
        String snow = "☃".repeat((PAYLOAD_LIMIT - 11) / 3);
        String payload = "{ \n \"note\" :\t\"" + snow + "\" }";
        assertThat(("{\"note\":\"" + snow + "\"}").getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(PAYLOAD_LIMIT);

        acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", payload))
                .expect(201);
        acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", payload.replace("☃\"", "☃☃☃☃\"")))
                .expectError(413, "invalid_request");
    }

    private static String payloadOf(int bytes) {
        String frame = "{\"note\":\"\"}";
        return frame.replace("\"\"", '"' + "a".repeat(bytes - frame.length()) + '"');
    }

    @Test
    @Proves(contract = "events", lines = 26)
    void a_payload_survives_unchanged(Receiver receiver) {
        String payload = """
                {"zulu":1.10,"alpha":12345678901234567890,"mike":{"b":1e5,"a":-0.0},"snow":"☃ é \\u2603 \\/","":[]}""";
        acme.endpoint(receiver, "order.shipped");

        Reply created = acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", payload))
                .expect(201);

        assertThat(created.text()).contains("\"payload\":" + payload + ",");
        assertThat(acme.sandbox().get("/v1/events/" + created.string("id")).text())
                .contains("\"payload\":" + payload + ",");
        assertThat(receiver.next().text()).contains("\"payload\":" + payload + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order shipped",
                "order..shipped",
                ".order",
                "order.",
                "",
                "*",
                "order.*",
                "ordér",
                "order/shipped",
                "harbor.test"
            })
    @Proves(contract = "events", lines = 27)
    void a_type_has_a_syntax(String type) {
        Reply reply = acme.sandbox().post("/v1/events", acme.event(type));

        reply.expectError(400, "invalid_request");
        assertThat(reply.string("error.param")).isEqualTo("type");
    }

    @Test
    @Proves(contract = "events", lines = 27)
    void a_type_may_have_128_characters() {
        acme.sandbox().post("/v1/events", acme.event("a".repeat(128))).expect(201);
        acme.sandbox().post("/v1/events", acme.event("a".repeat(129))).expectError(400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "no json",
                "[]",
                "\"text\"",
                "{} {}",
                "{\"type\": 'a'}",
                "{\"type\": \"a\",}",
                "// c\n{}",
                "{\"type\": \"a\", \"type\": \"b\"}",
                "{\"type\": NaN}",
                "{\"type\": \"\u0001\"}"
            })
    @Proves(contract = "events", lines = 28)
    void what_is_no_json_object_is_refused(String body) {
        acme.sandbox().post("/v1/events", body).expectError(400, "invalid_request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                text/plain                       | 415
                application/xml                  | 415
                application/json; charset=latin1 | 415
                application/jsonx                | 415
                application/json; charset=utf-8  | 201
                application/json;charset="UTF-8" | 201
                """)
    @Proves(contract = "events", lines = 28)
    void the_content_type_must_be_json(String contentType, int status) {
        Client program = acme.sandbox().with("Content-Type", contentType);

        Reply reply = program.post("/v1/events", acme.event("order.shipped")).expect(status);

        if (status == 415) {
            assertThat(reply.expectError(415, "invalid_request")).isEqualTo("Content-Type must be application/json.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    @Proves(contract = "events", lines = 29)
    void an_event_cannot_be_changed(String method) {
        Reply created =
                acme.sandbox().post("/v1/events", acme.event("order.shipped")).expect(201);
        String path = "/v1/events/" + created.string("id");

        Reply refused = acme.sandbox().send(method, path, "{\"type\": \"x\"}".getBytes(StandardCharsets.UTF_8));

        refused.expectError(405, "invalid_request");
        assertThat(refused.header("Allow").orElseThrow().split(", ")).containsExactlyInAnyOrder("GET", "HEAD");
        assertThat(acme.sandbox().get(path).text()).isEqualTo(created.text());
    }

    @Test
    @Proves(contract = "events", lines = 30)
    void an_id_and_a_time_of_the_sender_are_ignored() {
        Reply reply = acme.sandbox()
                .post("/v1/events", """
                        {"id": "evt_018f3a2e4b9c", "created_at": "2001-01-01T00:00:00Z", "more": [1],
                         "workspace_id": "%s", "type": "order.shipped", "payload": {}}""".formatted(acme.workspace()))
                .expect(201);

        assertThat(reply.string("id")).isNotEqualTo("evt_018f3a2e4b9c");
        assertThat(reply.string("created_at")).isEqualTo(server.time().instant().toString());
        assertThat(reply.json().propertyNames()).doesNotContain("more");
    }

    @Test
    @Proves(contract = "events", lines = 31)
    void an_event_that_nobody_wants_is_stored_all_the_same(Receiver receiver) {
        acme.endpoint(receiver, "invoice.paid");

        String event = acme.post("order.shipped");

        assertThat(acme.sandbox()
                        .get("/v1/events?workspace_id=" + acme.workspace())
                        .ids())
                .containsExactly(event);
        assertThat(acme.deliveriesOf(event)).isEmpty();
    }

    @Test
    void a_workspace_that_does_not_exist_is_named() {
        Reply reply = acme.sandbox().post("/v1/events", event("ws_invalid", "order.shipped", "{}"));

        assertThat(reply.expectError(404, "resource_not_found")).isEqualTo("No workspace found with id ws_invalid.");
    }

    @Test
    void ids_sort_as_events_were_made() {
        List<String> ids = List.of(acme.post("a"), acme.post("b"), acme.post("c"));

        assertThat(ids).isSorted();
    }

    @Test
    void head_answers_like_get_without_a_body() {
        String path = "/v1/events/" + acme.post("order.shipped");

        Reply head = acme.sandbox().send("HEAD", path).expect(200);

        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length"))
                .contains(Integer.toString(acme.sandbox().get(path).body().length));
    }
}
