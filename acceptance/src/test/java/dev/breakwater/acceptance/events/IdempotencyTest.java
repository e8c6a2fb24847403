package dev.breakwater.acceptance.events;

import static dev.breakwater.acceptance.harness.Organization.event;
import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** events.md, checklist: idempotency. */
@WithServer
class IdempotencyTest {

    private static final String KEY = "inv_0192ac4e8b1d-paid";

    private final TestServer server;
    private final Organization acme;

    IdempotencyTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    private Client keyed() {
        return acme.sandbox().idempotencyKey(KEY);
    }

    private List<String> events() {
        return acme.sandbox().get("/v1/events?workspace_id=" + acme.workspace()).ids();
    }

    @Test
    @Proves(contract = "events", lines = 33)
    void the_same_request_twice_makes_one_event() {
        Reply first = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);
        Reply second = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).contains("true");
        assertThat(events()).containsExactly(first.string("id"));
    }

    @Test
    @Proves(contract = "events", lines = 34)
    void the_same_request_twice_is_delivered_once(Receiver receiver) {
        acme.endpoint(receiver, "*");
        Reply first = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);
        keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);
        String last = acme.post("order.shipped");

        assertThat(List.of(receiver.next().eventId(), receiver.next().eventId()))
                .containsExactlyInAnyOrder(first.string("id"), last);
        assertThat(acme.deliveriesOf(first.string("id"))).hasSize(1);
    }

    @Test
    @Proves(contract = "events", lines = 35)
    void another_body_is_a_conflict() {
        keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);

        Reply reply = keyed().post("/v1/events", acme.event("invoice.voided"));

        assertThat(reply.expectError(409, "idempotency_conflict"))
                .isEqualTo("Idempotency-Key " + KEY + " was already used with a different payload.");
        assertThat(events()).hasSize(1);
    }

    @Test
    @Proves(contract = "events", lines = 36)
    void white_space_and_the_order_of_members_make_no_other_body() {
        Reply first =
                keyed().post("/v1/events", """
                        {"workspace_id":"%s","type":"invoice.paid","payload":{"a":1,"b":{"c":2,"d":3}}}""".formatted(acme.workspace())).expect(201);

        Reply second =
                keyed().post("/v1/events", """
                        { "payload" : { "b" : { "d" : 3, "c" : 2 }, "a" : 1 },
                          "type" : "invoice.paid", "workspace_id" : "%s" }""".formatted(acme.workspace())).expect(201);

        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    @Proves(contract = "events", lines = 36)
    void the_text_of_a_number_makes_another_body() {
        keyed().post("/v1/events", event(acme.workspace(), "invoice.paid", "{\"amount\": 1.1}"))
                .expect(201);

        keyed().post("/v1/events", event(acme.workspace(), "invoice.paid", "{\"amount\": 1.10}"))
                .expectError(409, "idempotency_conflict");
    }

    @Test
    @Proves(contract = "events", lines = 37)
    void after_24_hours_the_key_is_free() {
        Reply first = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);
        server.advance(Duration.ofHours(24).minusSeconds(1));
        Reply replayed = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);
        server.advance(Duration.ofSeconds(1));

        Reply later = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);

        assertThat(replayed.string("id")).isEqualTo(first.string("id"));
        assertThat(later.string("id")).isNotEqualTo(first.string("id"));
        assertThat(later.header("Idempotent-Replayed")).isEmpty();
        assertThat(events()).hasSize(2);
    }

    @Test
    @Proves(contract = "events", lines = 38)
    void another_workspace_has_keys_of_its_own() {
        String other = acme.newWorkspace();
        Reply here = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);

        Reply there =
                keyed().post("/v1/events", event(other, "invoice.voided", "{}")).expect(201);

        assertThat(there.string("id")).isNotEqualTo(here.string("id"));
    }

    @Test
    @Proves(contract = "events", lines = 38)
    void another_path_has_keys_of_its_own(Receiver receiver) {
        keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);

        keyed().post("/v1/webhooks", webhook(acme.workspace(), receiver.url(), "*"))
                .expect(201);
    }

    @Test
    @Proves(contract = "events", lines = 39)
    void a_refused_request_leaves_the_key_free() {
        keyed().post("/v1/events", acme.event("not a type")).expectError(400, "invalid_request");

        Reply corrected = keyed().post("/v1/events", acme.event("invoice.paid")).expect(201);

        assertThat(corrected.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    @Proves(contract = "events", lines = 40)
    void of_fifty_requests_at_once_one_makes_the_event() throws Exception {
        Callable<Reply> request = () -> keyed().post("/v1/events", acme.event("invoice.paid"));
        List<Reply> replies = new ArrayList<>();
        try (ExecutorService programs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                running.add(programs.submit(request));
            }
            for (Future<Reply> each : running) {
                replies.add(each.get());
            }
        }

        String event = events().getFirst();
        assertThat(events()).hasSize(1);
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.expect(201).string("id")).isEqualTo(event));
        assertThat(replies)
                .filteredOn(reply -> reply.header("Idempotent-Replayed").isEmpty())
                .hasSize(1);
    }

    @Test
    @Proves(contract = "events", lines = 42)
    void a_key_has_at_most_255_printable_characters() {
        String longest = "k".repeat(255);
        acme.sandbox()
                .idempotencyKey(longest)
                .post("/v1/events", acme.event("invoice.paid"))
                .expect(201);

        for (String wrong : List.of(longest + "k", "two words", "tab\tbed")) {
            acme.sandbox()
                    .idempotencyKey(wrong)
                    .post("/v1/events", acme.event("invoice.paid"))
                    .expectError(400, "invalid_request");
        }
        assertThat(events()).hasSize(1);
    }

    @Test
    void a_webhook_is_registered_once_and_shows_the_same_secret_again(Receiver receiver) {
        String body = webhook(acme.workspace(), receiver.url(), "*");
        Reply first = keyed().post("/v1/webhooks", body).expect(201);
        Reply second = keyed().post("/v1/webhooks", body).expect(201);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).contains("true");
        assertThat(acme.sandbox()
                        .get("/v1/webhooks?workspace_id=" + acme.workspace())
                        .ids())
                .hasSize(1);
    }
}
