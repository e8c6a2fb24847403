package dev.breakwater.acceptance.robustness;

import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Delivery;
import dev.breakwater.acceptance.harness.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Whatever dies at whatever moment: what was acknowledged is there afterwards, once, and is delivered. */
@Isolated
class KillTest {

    private static final int PROGRAMS = 200;
    private static final int SERVER_KILLS = Integer.getInteger("kill.rounds", 20);
    private static final int POSTGRES_KILLS = 5;
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @BeforeEach
    void let_the_database_user_in() throws Exception {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        System.out.println("KillTest: seed " + seed);
    }

    @Test
    @Proves(
            contract = "events",
            lines = {32, 41, 76})
    void nothing_is_lost_when_the_server_is_killed() {
        try (ServerProcess server = new ServerProcess(data, Map.of());
                Receiver receiver = Receiver.start()) {
            server.start();
            Client program = program(server);
            subscribe(program, server, receiver);
            try (Load load = Load.start(PROGRAMS, workspace(server), () -> program)) {
                for (int round = 1; round <= SERVER_KILLS; round++) {
                    aMomentLater();
                    server.kill();
                    server.start();
                }
                aMomentLater();
                verify(load, program, server, receiver);
            }
        }
    }

    @Test
    @Proves(
            contract = "events",
            lines = {32, 41})
    void nothing_is_lost_when_postgresql_is_killed() {
        try (ServerProcess server = new ServerProcess(data, Map.of());
                Receiver receiver = Receiver.start()) {
            server.start();
            Client program = program(server);
            subscribe(program, server, receiver);
            try (Load load = Load.start(PROGRAMS, workspace(server), () -> program)) {
                for (int round = 1; round <= POSTGRES_KILLS; round++) {
                    aMomentLater();
                    server.killPostgres();
                    int before = load.count();
                    Await.value(
                            "events are accepted again, see " + server.logged(),
                            DRAIN_LIMIT,
                            () -> Optional.of(load.count()).filter(now -> now > before + PROGRAMS));
                }
                verify(load, program, server, receiver);
            }
        }
    }

    @Test
    @Proves(
            contract = "events",
            lines = {76})
    void an_attempt_that_a_kill_interrupted_is_made_again() {
        try (ServerProcess server = new ServerProcess(data, Map.of());
                Receiver receiver = Receiver.start()) {
            server.start();
            Client program = program(server);
            CountDownLatch released = receiver.holding(200);
            subscribe(program, server, receiver);
            program.post("/v1/events", """
                            {"workspace_id": "%s", "type": "a", "payload": {}}""".formatted(workspace(server))).expect(201);
            Delivery first = receiver.next();

            server.kill();
            receiver.answering(200);
            released.countDown();
            server.start();

            Delivery second = receiver.next();
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.body()).isEqualTo(first.body());
            Await.until(
                    "it is delivered",
                    () -> program.get("/v1/deliveries/" + first.id())
                            .string("status")
                            .equals("delivered"));
        }
    }

    private void verify(Load load, Client program, ServerProcess server, Receiver receiver) {
        Map<Integer, String> acknowledged = load.stop();
        Map<Integer, String> stored = Load.stored(program, workspace(server));
        System.out.println("KillTest: " + acknowledged.size() + " events acknowledged, " + stored.size() + " stored");

        assertThat(acknowledged).hasSizeGreaterThan(PROGRAMS);
        assertThat(stored).containsAllEntriesOf(acknowledged);
        Set<String> wanted = new HashSet<>(acknowledged.values());
        Await.value("all deliveries arrive", DRAIN_LIMIT, () -> {
            receiver.received().forEach(delivery -> wanted.remove(delivery.eventId()));
            return wanted.isEmpty() ? Optional.of(true) : Optional.empty();
        });
    }

    /** The moment of a kill is real time and random: this is the one place where a test waits for nothing else. */
    private void aMomentLater() {
        try {
            TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Client program(ServerProcess server) {
        return Client.of(server.url(), exchange -> {}).bearer(server.sandbox().getLast());
    }

    private static String workspace(ServerProcess server) {
        return server.sandbox().getFirst();
    }

    private static void subscribe(Client program, ServerProcess server, Receiver receiver) {
        program.post("/v1/webhooks", webhook(workspace(server), receiver.url(), "*"))
                .expect(201);
    }
}
