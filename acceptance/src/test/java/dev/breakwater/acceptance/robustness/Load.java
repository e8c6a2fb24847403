package dev.breakwater.acceptance.robustness;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Many programs that each post one event after the other. Every event has a number in its payload and an idempotency
 * key made of it, and is sent again until it is acknowledged; every fifth is sent once more after that.
 */
final class Load implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(50);

    private final String workspace;
    private final Supplier<Client> client;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
    private final ExecutorService programs = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean stopping;

    private Load(String workspace, Supplier<Client> client) {
        this.workspace = workspace;
        this.client = client;
    }

    /** Starts so many programs; each request asks for a client anew, which may lead to another server. */
    static Load start(int programs, String workspace, Supplier<Client> client) {
        Load load = new Load(workspace, client);
        for (int i = 0; i < programs; i++) {
            load.running.add(load.programs.submit(load::post));
        }
        return load;
    }

    private void post() {
        while (!stopping) {
            int number = numbers.incrementAndGet();
            String event = untilAcknowledged(number);
            acknowledged.put(number, event);
            if (number % 5 == 0) {
                String again = untilAcknowledged(number);
                if (!again.equals(event)) {
                    throw new AssertionError("Key " + number + " stands for " + event + " and for " + again);
                }
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    private String untilAcknowledged(int number) {
        String body = """
                {"workspace_id": "%s", "type": "load.posted", "payload": {"number": %d}}""".formatted(workspace, number);
        while (true) {
            try {
                Reply reply = client.get().idempotencyKey("load-" + number).post("/v1/events", body);
                if (reply.status() == 201) {
                    return reply.string("id");
                }
                if (reply.status() != 503) {
                    throw new AssertionError("An event is answered " + reply.status() + ": " + reply.text());
                }
            } catch (UncheckedIOException e) {
                // The server is away or has just been killed: the program does not know, and asks again.
            }
            LockSupport.parkNanos(BEFORE_ANOTHER_TRY.toNanos());
        }
    }

    int count() {
        return acknowledged.size();
    }

    /** Lets every program finish what it has begun, and returns the acknowledged events by their numbers. */
    Map<Integer, String> stop() {
        stopping = true;
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new AssertionError("A program failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return Map.copyOf(acknowledged);
    }

    /** All events of the workspace by their numbers; fails when two have the same. */
    static Map<Integer, String> stored(Client reader, String workspace) {
        Map<Integer, String> stored = new HashMap<>();
        String position = "";
        while (true) {
            Reply page = reader.get("/v1/events?limit=100&workspace_id=" + workspace + position)
                    .expect(200);
            page.json().get("data").forEach(event -> {
                int number = event.get("payload").get("number").asInt();
                String before = stored.put(number, event.get("id").asString());
                if (before != null) {
                    throw new AssertionError("Key " + number + " made " + before + " and " + event.get("id"));
                }
            });
            if (!page.json().get("has_more").asBoolean()) {
                return stored;
            }
            position = "&starting_after=" + page.string("end_cursor");
        }
    }

    @Override
    public void close() {
        stopping = true;
        programs.shutdownNow();
    }
}
