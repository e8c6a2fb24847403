package dev.breakwater.bench.target;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.kernel.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The calls that prepare and check a measurement; none of them is itself measured. */
public final class EventsApi implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Target target;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Calls {@code target} with its key. */
    public EventsApi(Target target) {
        this.target = target;
    }

    /** Registers an endpoint for one pattern of event types and returns its id. */
    public String createWebhook(URI url, String pattern) throws IOException {
        return send(
                        "POST",
                        "/v1/webhooks",
                        Map.of("workspace_id", target.workspace(), "url", url.toString(), "events", List.of(pattern)),
                        201)
                .path("id")
                .asString();
    }

    /** Removes an endpoint. */
    public void deleteWebhook(String id) throws IOException {
        send("DELETE", "/v1/webhooks/" + id, Map.of(), 204);
    }

    /** The event of this id; fails when there is none. */
    public JsonNode event(String id) throws IOException {
        return send("GET", "/v1/events/" + id, Map.of(), 200);
    }

    /** Whether the workspace has a delivery of this status. */
    public boolean hasDeliveries(String status) throws IOException {
        String query = "?workspace_id=%s&status=%s&limit=1".formatted(target.workspace(), status);
        return !send("GET", "/v1/deliveries" + query, Map.of(), 200)
                .path("data")
                .isEmpty();
    }

    private JsonNode send(String method, String path, Map<String, ?> body, int expected) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.url().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + target.key());
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != expected) {
                throw new IOException("%s %s was answered %d: %s"
                        .formatted(method, path, response.statusCode(), new String(response.body(), UTF_8)));
            }
            return response.body().length == 0
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
