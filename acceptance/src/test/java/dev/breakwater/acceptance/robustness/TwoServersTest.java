package dev.breakwater.acceptance.robustness;

import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.ServerProcess;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Two servers on one PostgreSQL share the work; one that is killed leaves its own to the other. */
@Isolated
class TwoServersTest {

    private static final int EVENTS = 1_000;
    private static final int PROGRAMS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    @Test
    void nothing_is_delivered_twice_and_all_goes_on_when_one_is_killed() {
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        Map<String, String> settings = Map.of(
                "database.url", database.url(),
                "database.user", database.user(),
                "database.password", database.password());
        try (ServerProcess first = new ServerProcess(data, settings);
                ServerProcess second = new ServerProcess(data, settings);
                Receiver receiver = Receiver.start()) {
            first.start();
            second.start();
            String workspace = first.sandbox().getFirst();
            String key = first.sandbox().getLast();
            List<Client> servers = List.of(
                    Client.of(first.url(), exchange -> {}).bearer(key),
                    Client.of(second.url(), exchange -> {}).bearer(key));
            for (int i = 0; i < 4; i++) {
                servers.getFirst()
                        .post("/v1/webhooks", webhook(workspace, receiver.url(), "*"))
                        .expect(201);
            }
            Await.until(
                    "the other server knows the webhooks",
                    () -> servers.getLast()
                                    .get("/v1/webhooks?workspace_id=" + workspace)
                                    .ids()
                                    .size()
                            == 4);

            AtomicBoolean killed = new AtomicBoolean();
            AtomicInteger turn = new AtomicInteger();
            try (Load load = Load.start(
                    PROGRAMS,
                    workspace,
                    () -> killed.get() ? servers.getLast() : servers.get(turn.getAndIncrement() % 2))) {
                Await.value(
                        "events are posted",
                        LIMIT,
                        () -> Optional.of(load.count()).filter(now -> now >= EVENTS));
                int before = load.count();
                Await.value(
                        "deliveries arrive",
                        LIMIT,
                        () -> Optional.of(receiver.received()).filter(received -> received.size() >= 4 * before));
                assertThat(receiver.received()).extracting(Delivery::id).doesNotHaveDuplicates();

                first.kill();
                killed.set(true);
                Await.value(
                        "events are posted to the other",
                        LIMIT,
                        () -> Optional.of(load.count()).filter(now -> now >= before + EVENTS));
                Map<Integer, String> acknowledged = load.stop();

                assertThat(Load.stored(servers.getLast(), workspace)).containsAllEntriesOf(acknowledged);
                Set<String> wanted = new HashSet<>();
                acknowledged
                        .values()
                        .forEach(event -> wanted.addAll(servers.getLast()
                                .get("/v1/deliveries?workspace_id=" + workspace + "&event_id=" + event)
                                .expect(200)
                                .ids()));
                assertThat(wanted).hasSize(4 * acknowledged.size());
                Await.value("all deliveries arrive", LIMIT, () -> {
                    receiver.received().forEach(delivery -> wanted.remove(delivery.id()));
                    return wanted.isEmpty() ? Optional.of(true) : Optional.empty();
                });
            }
        }
    }
}
