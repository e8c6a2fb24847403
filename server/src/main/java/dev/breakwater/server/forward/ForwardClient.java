package dev.breakwater.server.forward;

import dev.breakwater.kernel.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The local half of the forwarder (events.md 11): holds the connection to the server open, passes each delivery on to
 * the local program with its original bytes and headers, and reports back what that answered.
 */
final class ForwardClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(9);
    private static final int MAX_BODY = 16 * 1024;
    private static final int AT_ONCE = 10;
    /** Headers that the HTTP client sets itself. */
    private static final Set<String> OWN_HEADERS = Set.of("content-length", "host", "connection");

    private final URI server;
    private final String key;
    private final URI target;
    private final Consumer<String> out;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * What to forward.
     *
     * @param workspaceId {@code ws_…}
     * @param events types and patterns
     */
    record Subscription(String workspaceId, List<String> events) {}

    /** The server refuses, and would do so again. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** Forwards from {@code server} to {@code target}; tells {@code out} a line for whatever happens. */
    ForwardClient(URI server, String key, URI target, Consumer<String> out) {
        this.server = server;
        this.key = key;
        this.target = target;
        this.out = out;
    }

    /**
     * Forwards until the connection ends.
     *
     * @throws IOException when it cannot be opened now, or broke
     * @throws Refused when the request itself is at fault
     */
    void forward(Subscription subscription) throws IOException, InterruptedException, Refused {
        HttpResponse<InputStream> response = http.send(
                request("/v1/webhooks/forward", Json.write(subscription)), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                refuse(response.statusCode(), in);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            @Nullable JsonNode webhook = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode message = Json.mapper().readTree(line);
                if (webhook == null) {
                    webhook = message.get("webhook");
                    greet(webhook);
                } else if (message.has("delivery")) {
                    start(webhook.get("id").stringValue(), message.get("delivery"));
                }
            }
        }
    }

    private HttpRequest request(String path, byte[] body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static void refuse(int status, InputStream in) throws IOException, Refused {
        String text = new String(in.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        String message = "The server answered " + status + ": " + text;
        if (status == 429 || status >= 500) {
            throw new IOException(message);
        }
        throw new Refused(message);
    }

    private void greet(JsonNode webhook) {
        List<String> events = new ArrayList<>();
        webhook.get("events").forEach(event -> events.add(event.stringValue()));
        out.accept("Forwarding " + String.join(", ", events) + " to " + target);
        out.accept("Signing secret: " + webhook.get("secret").stringValue());
    }

    private void start(String webhookId, JsonNode delivery) throws InterruptedException {
        places.acquire();
        Thread.ofVirtual().name("forward").start(() -> {
            try {
                passOn(webhookId, delivery);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
    }

    private void passOn(String webhookId, JsonNode delivery) throws InterruptedException {
        String id = delivery.get("id").stringValue();
        byte[] body = Base64.getDecoder().decode(delivery.get("body").stringValue());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(PATIENCE).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (Map.Entry<String, JsonNode> header : delivery.get("headers").properties()) {
            if (!OWN_HEADERS.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                request.setHeader(header.getKey(), header.getValue().stringValue());
            }
        }
        String type = Json.mapper().readTree(body).at("/data/type").asString("");
        long start = System.nanoTime();
        Report report = call(request.build());
        long millis = (System.nanoTime() - start) / 1_000_000;
        out.accept("%s  %s  %s  %d ms".formatted(id, type, report.summary(), millis));
        tell(webhookId, id, report);
    }

    /** What the local program answered, or why it did not. */
    private record Report(
            @Nullable Integer status,
            @Nullable List<String> headers,
            @Nullable String body,
            @Nullable String error) {

        static Report failed(String error) {
            return new Report(null, null, null, error);
        }

        String summary() {
            return status == null ? String.valueOf(error) : status.toString();
        }
    }

    private Report call(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                List<String> headers = new ArrayList<>();
                response.headers()
                        .map()
                        .forEach((name, values) -> values.forEach(value -> headers.add(name + ": " + value)));
                String text = new String(in.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
                return new Report(response.statusCode(), headers, text, null);
            }
        } catch (HttpTimeoutException e) {
            return Report.failed("timeout");
        } catch (IOException e) {
            return Report.failed("connection_failed");
        }
    }

    private void tell(String webhookId, String deliveryId, Report report) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(
                    request("/v1/webhooks/" + webhookId + "/forward/" + deliveryId, Json.write(report)),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 204) {
                out.accept(deliveryId + "  the server did not take the report: " + answer.body());
            }
        } catch (IOException e) {
            out.accept(deliveryId + "  the report did not reach the server");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
