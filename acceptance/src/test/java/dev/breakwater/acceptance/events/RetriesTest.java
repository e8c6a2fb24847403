package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.Receiver.Response;
import dev.breakwater.acceptance.harness.Signatures;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** events.md, checklist: deliveries, their schedule, replay, restarts and holds. */
@WithServer
class RetriesTest {

    /** When the attempts after the first are due, counted from the first, without jitter. */
    private static final List<Duration> SCHEDULE = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(35),
            Duration.ofMinutes(155),
            Duration.ofMinutes(455),
            Duration.ofMinutes(1055),
            Duration.ofMinutes(2495),
            Duration.ofMinutes(3935));

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    RetriesTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    private Instant nextAttempt(String delivery, int after) {
        return Instant.parse(
                acme.attempted(delivery, after).get("next_attempt_at").asString());
    }

    @Test
    @Proves(contract = "events", lines = 70)
    void constant_failure_follows_the_schedule_and_ends_after_eight_attempts() {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        Instant start = server.time().instant();
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        for (int attempts = 1; attempts <= 7; attempts++) {
            assertThat(acme.delivery(delivery, "retrying").get("attempt_count").asInt())
                    .isLessThanOrEqualTo(attempts);
            Instant due = start.plus(SCHEDULE.get(attempts - 1));
            assertThat(nextAttempt(delivery, attempts)).isEqualTo(due);
            server.time().moveTo(due);
        }

        JsonNode failed = acme.delivery(delivery, "failed");
        assertThat(failed.get("attempts")
                        .valueStream()
                        .map(attempt -> Duration.between(
                                start, Instant.parse(attempt.get("started_at").asString()))))
                .containsExactly(
                        Duration.ZERO,
                        SCHEDULE.get(0),
                        SCHEDULE.get(1),
                        SCHEDULE.get(2),
                        SCHEDULE.get(3),
                        SCHEDULE.get(4),
                        SCHEDULE.get(5),
                        SCHEDULE.get(6));
        assertThat(failed.get("attempts")
                        .valueStream()
                        .map(attempt -> attempt.get("trigger").asString()))
                .containsOnly("automatic");
        server.advance(Duration.ofDays(3));
        assertThat(acme.delivery(delivery).get("attempt_count").asInt()).isEqualTo(8);
        assertThat(receiver.received()).hasSize(8);
    }

    @Test
    @Proves(contract = "events", lines = 69)
    void a_retry_is_the_same_delivery_signed_anew() {
        receiver.answering(Response.of(500), Response.of(200));
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        Delivery first = receiver.next();
        server.time().moveTo(nextAttempt(delivery, 1));

        Delivery second = receiver.next();

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Harbor-Delivery-Id")).isEqualTo(delivery);
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.header("Harbor-Attempt")).isEqualTo("2");
        assertThat(Long.parseLong(second.header("Harbor-Timestamp")))
                .isEqualTo(Long.parseLong(first.header("Harbor-Timestamp")) + 300);
        assertThat(Signatures.verify(second, endpoint.secret())).isTrue();
        assertThat(second.header("Harbor-Signature")).isNotEqualTo(first.header("Harbor-Signature"));
        assertThat(acme.delivery(delivery, "delivered").get("attempt_count").asInt())
                .isEqualTo(2);
    }

    @Test
    @Proves(contract = "events", lines = 69)
    void a_retry_does_not_come_early() {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);
        server.advance(Duration.ofMinutes(5).minusSeconds(1));
        String other = acme.deliveryOf(acme.post("order.shipped"));

        acme.attempted(other, 1);

        assertThat(acme.delivery(delivery).get("attempt_count").asInt()).isEqualTo(1);
    }

    @Test
    void a_receiver_may_ask_for_more_time_up_to_a_day() {
        receiver.answering(
                Response.of(503).with("Retry-After", "7200"), Response.of(503).with("Retry-After", "999999"));
        acme.endpoint(receiver, "*");
        Instant start = server.time().instant();
        String delivery = acme.deliveryOf(acme.post("order.shipped"));

        assertThat(nextAttempt(delivery, 1)).isEqualTo(start.plus(Duration.ofHours(2)));
        server.time().moveTo(start.plus(Duration.ofHours(2)));
        assertThat(nextAttempt(delivery, 2)).isEqualTo(start.plus(Duration.ofHours(26)));
    }

    @Test
    @Proves(contract = "events", lines = 75)
    void a_retry_survives_a_restart() {
        receiver.answering(Response.of(500), Response.of(200));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        Instant due = nextAttempt(delivery, 1);
        receiver.next();
        server.restart();
        assertThat(acme.delivery(delivery).get("attempt_count").asInt()).isEqualTo(1);

        server.time().moveTo(due);

        assertThat(receiver.next().id()).isEqualTo(delivery);
        acme.delivery(delivery, "delivered");
    }

    @Test
    @Proves(contract = "events", lines = 75)
    void a_retry_that_fell_into_a_downtime_is_made_at_the_start() {
        receiver.answering(Response.of(500), Response.of(200));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);
        server.stop();
        server.advance(Duration.ofHours(80));
        server.resume();

        assertThat(acme.delivery(delivery, "delivered").get("attempt_count").asInt())
                .isEqualTo(2);
    }

    @Test
    @Proves(contract = "events", lines = 77)
    void what_is_delivered_is_not_sent_again_after_a_restart() {
        acme.endpoint(receiver, "*");
        String delivered = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivered, "delivered");
        server.restart();
        server.advance(Duration.ofHours(1));
        String next = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(next, "delivered");

        assertThat(receiver.received()).extracting(Delivery::id).containsExactly(delivered, next);
    }

    @Test
    @Proves(contract = "events", lines = 79)
    void a_failed_delivery_can_be_replayed() {
        receiver.answering(500);
        Endpoint endpoint = acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        for (int attempts = 1; attempts <= 7; attempts++) {
            server.time().moveTo(nextAttempt(delivery, attempts));
        }
        acme.delivery(delivery, "failed");
        Delivery first = receiver.received().getFirst();
        receiver.answering(200);

        acme.sandbox().send("POST", "/v1/deliveries/" + delivery + "/replay").expect(202);

        JsonNode delivered = acme.delivery(delivery, "delivered");
        assertThat(delivered.get("attempts").get(8).get("trigger").asString()).isEqualTo("replay");
        Delivery replayed = receiver.received().getLast();
        assertThat(replayed.body()).isEqualTo(first.body());
        assertThat(replayed.header("Harbor-Delivery-Id")).isEqualTo(delivery);
        assertThat(replayed.header("Harbor-Attempt")).isEqualTo("9");
        assertThat(replayed.header("Harbor-Timestamp"))
                .isEqualTo(Long.toString(server.time().instant().getEpochSecond()));
        assertThat(Signatures.verify(replayed, endpoint.secret())).isTrue();
    }

    @Test
    @Proves(contract = "events", lines = 79)
    void a_replay_that_fails_begins_a_new_schedule() {
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "delivered");
        server.advance(Duration.ofHours(100));
        receiver.answering(500);

        acme.sandbox().send("POST", "/v1/deliveries/" + delivery + "/replay").expect(202);

        assertThat(nextAttempt(delivery, 2)).isEqualTo(server.time().instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    void a_delivery_under_way_cannot_be_replayed() {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);

        acme.sandbox().send("POST", "/v1/deliveries/" + delivery + "/replay").expectError(400, "invalid_request");
    }

    @Test
    @Proves(contract = "events", lines = 80)
    void attempts_of_a_suspended_workspace_wait_until_it_is_active_again() {
        receiver.answering(Response.of(500), Response.of(200));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);
        server.admin().suspend(acme.workspace(), "billing");
        server.advance(Duration.ofHours(80));
        assertThat(acme.delivery(delivery, "held").get("attempt_count").asInt()).isEqualTo(1);

        server.admin().reactivate(acme.workspace());

        assertThat(acme.delivery(delivery, "delivered").get("attempt_count").asInt())
                .isEqualTo(2);
    }

    @Test
    @Proves(contract = "events", lines = 80)
    void the_72_hours_are_extended_by_the_time_held() {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);
        server.admin().suspend(acme.workspace(), "billing");
        acme.delivery(delivery, "held");
        server.advance(Duration.ofHours(80));
        server.admin().reactivate(acme.workspace());

        for (int attempts = 2; attempts <= 7; attempts++) {
            server.time().moveTo(nextAttempt(delivery, attempts));
        }

        assertThat(acme.delivery(delivery, "failed").get("attempt_count").asInt())
                .isEqualTo(8);
    }

    @Test
    @Proves(contract = "events", lines = 80)
    void deliveries_of_an_archived_workspace_are_canceled() {
        receiver.answering(500);
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.attempted(delivery, 1);

        server.admin().archive(acme.workspace());

        acme.delivery(delivery, "canceled");
    }
}
