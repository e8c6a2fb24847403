package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.kernel.id.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** events.md 10: what the dispatcher does beyond the lines of the checklist. */
@WithServer
class DispatchTest {

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    DispatchTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    @Test
    void what_did_not_fit_into_memory_is_sent_from_the_table_once() throws SQLException {
        Endpoint endpoint = acme.endpoint(receiver, "*");

        List<String> deliveries = store(endpoint, 3_000, null);

        Await.value(
                "all have arrived",
                Duration.ofMinutes(1),
                () -> Optional.of(receiver.received()).filter(received -> received.size() >= 3_000));
        acme.delivery(deliveries.getLast(), "delivered");
        assertThat(receiver.received().stream().map(Receiver.Delivery::id))
                .containsExactlyInAnyOrderElementsOf(deliveries);
    }

    @Test
    void an_endpoint_that_hangs_with_a_long_queue_in_the_table_delays_nobody() throws SQLException {
        CountDownLatch released = receiver.holding(200);
        Endpoint hanging = acme.endpoint(receiver, "never.posted");
        store(hanging, 5_000, null);
        receiver.next();
        try (Receiver healthy = Receiver.start()) {
            acme.endpoint(healthy, "order.shipped");
            for (int i = 0; i < 20; i++) {
                long posted = System.nanoTime();
                acme.post("order.shipped");
                long took = healthy.next().arrivedNanos() - posted;
                assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(receiver.received()).hasSize(10);
        } finally {
            released.countDown();
        }
    }

    @Test
    void what_a_dead_server_has_left_is_sent_by_another() throws SQLException {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        List<String> deliveries = store(endpoint, 20, UUID.randomUUID());

        server.advance(Duration.ofSeconds(5));

        Await.until("all have arrived", () -> receiver.received().size() == 20);
        assertThat(receiver.received().stream().map(Receiver.Delivery::id))
                .containsExactlyInAnyOrderElementsOf(deliveries);
    }

    @Test
    void two_servers_share_the_work_and_send_nothing_twice() throws SQLException {
        Endpoint endpoint = acme.endpoint(receiver, "*");
        try (TestServer other = TestServer.start(Map.of(
                "database.url", server.settings().getOrDefault("database.url", ""),
                "database.user", server.settings().getOrDefault("database.user", ""),
                "database.password", server.settings().getOrDefault("database.password", ""),
                "data.dir", server.settings().getOrDefault("data.dir", "")))) {
            other.time().moveTo(server.time().instant());
            List<String> expected = new ArrayList<>(store(endpoint, 1_000, null));
            for (int i = 0; i < 50; i++) {
                String here = acme.post("order.shipped");
                expected.add(acme.deliveryOf(here));
                String there = other.client()
                        .bearer(acme.sandboxKey())
                        .post("/v1/events", acme.event("order.shipped"))
                        .expect(201)
                        .string("id");
                expected.add(acme.deliveryOf(there));
            }
            Await.until("all are delivered", () -> underWay(endpoint) == 0);
            server.advance(Duration.ofSeconds(30));
            other.advance(Duration.ofSeconds(30));
            assertThat(receiver.received().stream().map(Receiver.Delivery::id))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void what_ended_is_replayed_in_bulk() throws SQLException {
        receiver.answering(500);
        Endpoint endpoint = acme.endpoint(receiver, "*");
        List<String> failed = store(endpoint, 250, null);
        end(endpoint, "failed");
        receiver.answering(200);
        String filter = """
                {"workspace_id": "%s", "webhook_id": "%s", "dry_run": %s}""";

        assertThat(acme.sandbox()
                        .post("/v1/deliveries/replay", filter.formatted(acme.workspace(), endpoint.id(), true))
                        .expect(200)
                        .json()
                        .get("matched")
                        .asInt())
                .isEqualTo(250);
        int before = receiver.received().size();
        String replay = acme.sandbox()
                .post("/v1/deliveries/replay", filter.formatted(acme.workspace(), endpoint.id(), false))
                .expect(202)
                .string("id");

        Await.value("the replay is completed", () -> {
            // An attempt that is under way has ten seconds of this clock.
            if (underWay(endpoint) == 0) {
                server.advance(Duration.ofSeconds(1));
            }
            return Optional.of(acme.sandbox()
                            .get("/v1/deliveries/replays/" + replay)
                            .expect(200))
                    .filter(progress -> progress.string("status").equals("completed"));
        });
        failed.forEach(delivery -> acme.delivery(delivery, "delivered"));
        assertThat(receiver.received()).hasSize(before + 250);
    }

    @Test
    void a_delivery_that_is_read_while_an_attempt_ends_shows_as_many_as_it_counts() throws SQLException {
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("order.shipped"));
        acme.delivery(delivery, "delivered");
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO events.attempt"
                                + " (delivery_id, number, trigger, started_at, duration_ms) VALUES (?, 2, 'replay', now(), 1)")) {
            insert.setObject(1, Ids.parse("del", delivery).orElseThrow());
            insert.executeUpdate();
        }

        assertThat(acme.delivery(delivery).get("attempt_count").asInt()).isEqualTo(1);
        assertThat(acme.delivery(delivery).get("attempts").size()).isEqualTo(1);
    }

    /** Stores deliveries of new events as the ingest does when memory is full, or as a node that then died. */
    private List<String> store(Endpoint endpoint, int count, @Nullable UUID owner) throws SQLException {
        Ids ids = new Ids(server.time());
        UUID workspace = Ids.parse("ws", acme.workspace()).orElseThrow();
        UUID webhook = Ids.parse("wh", endpoint.id()).orElseThrow();
        List<String> deliveries = new ArrayList<>();
        try (Connection connection = server.connect();
                PreparedStatement events = connection.prepareStatement(
                        "INSERT INTO events.event VALUES (?, ?, 'order.shipped', '{}', ?)");
                PreparedStatement rows = connection.prepareStatement("INSERT INTO events.delivery (id, workspace_id,"
                        + " webhook_id, event_id, event_type, due_at, lease_owner, created_at)"
                        + " VALUES (?, ?, ?, ?, 'order.shipped', ?, ?, ?)");
                Statement wake = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                UUID event = ids.next();
                UUID delivery = ids.next();
                events.setObject(1, event);
                events.setObject(2, workspace);
                events.setObject(3, server.time().instant().atOffset(ZoneOffset.UTC));
                events.addBatch();
                rows.setObject(1, delivery);
                rows.setObject(2, workspace);
                rows.setObject(3, webhook);
                rows.setObject(4, event);
                rows.setObject(5, server.time().instant().atOffset(ZoneOffset.UTC));
                rows.setObject(6, owner);
                rows.setObject(7, server.time().instant().atOffset(ZoneOffset.UTC));
                rows.addBatch();
                deliveries.add(Ids.text("del", delivery));
            }
            events.executeBatch();
            rows.executeBatch();
            wake.execute("NOTIFY delivery_work");
            connection.commit();
        }
        return deliveries;
    }

    /** How many deliveries to an endpoint have not ended. */
    private int underWay(Endpoint endpoint) {
        try (Connection connection = server.connect();
                PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM events.delivery"
                        + " WHERE webhook_id = ? AND (due_at IS NOT NULL OR lease_owner IS NOT NULL)")) {
            count.setObject(1, Ids.parse("wh", endpoint.id()).orElseThrow());
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets 72 hours of failures pass in no time. */
    private void end(Endpoint endpoint, String status) throws SQLException {
        UUID webhook = Ids.parse("wh", endpoint.id()).orElseThrow();
        Await.until("all were attempted", () -> {
            try (Connection connection = server.connect();
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE events.delivery SET status = ?, due_at = NULL WHERE webhook_id = ?"
                                    + " AND attempt_count = 1 AND lease_owner IS NULL")) {
                update.setString(1, status);
                update.setObject(2, webhook);
                return update.executeUpdate() == 250;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
