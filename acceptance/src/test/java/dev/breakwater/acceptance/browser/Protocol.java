package dev.breakwater.acceptance.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A connection of the Chrome DevTools Protocol: commands with their results, and events as they come. */
final class Protocol implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_SECONDS = 40;

    private final WebSocket socket;
    private final Listening listening;
    private final AtomicInteger ids = new AtomicInteger();

    private Protocol(WebSocket socket, Listening listening) {
        this.socket = socket;
        this.listening = listening;
    }

    /** Connects; events are told on the thread that reads, which must not wait for a command. */
    static Protocol open(HttpClient http, URI address, Consumer<JsonNode> events) {
        Listening listening = new Listening(events);
        return new Protocol(
                http.newWebSocketBuilder().buildAsync(address, listening).join(), listening);
    }

    /** A command that the browser did not carry out, such as a question to a page that was just left. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Sends a command and returns its result.
     *
     * @throws RefusedException when the browser does not carry it out
     */
    JsonNode command(String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = listening.expect(id);
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id);
        message.put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        synchronized (socket) {
            socket.sendText(message.toString(), true).join();
        }
        JsonNode result = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new RefusedException(method + ": " + result.get("error"));
        }
        return result.path("result");
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Takes what the browser says. */
    private static final class Listening implements WebSocket.Listener {

        private final Consumer<JsonNode> events;
        private final Map<Integer, CompletableFuture<JsonNode>> expected = new ConcurrentHashMap<>();
        private final StringBuilder part = new StringBuilder();

        Listening(Consumer<JsonNode> events) {
            this.events = events;
        }

        CompletableFuture<JsonNode> expect(int id) {
            CompletableFuture<JsonNode> answer = new CompletableFuture<>();
            expected.put(id, answer);
            return answer;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                JsonNode message = JSON.readTree(part.toString());
                part.setLength(0);
                take(message);
            }
            socket.request(1);
            return null;
        }

        private void take(JsonNode message) {
            if (!message.has("id")) {
                events.accept(message);
                return;
            }
            @Nullable
            CompletableFuture<JsonNode> answer =
                    expected.remove(message.get("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
        }
    }
}
