package dev.breakwater.acceptance.harness;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Calls the server as any program would, with fixed headers. Every exchange is shown to an observer, which fails the
 * test when the exchange is not as documented.
 */
public final class Client {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http;
    private final URI base;
    private final Map<String, String> headers;
    private final Consumer<Exchange> observer;

    private Client(HttpClient http, URI base, Map<String, String> headers, Consumer<Exchange> observer) {
        this.http = http;
        this.base = base;
        this.headers = headers;
        this.observer = observer;
    }

    /** A caller without a credential. */
    public static Client of(URI base, Consumer<Exchange> observer) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
        return new Client(http, base, Map.of(), observer);
    }

    /** The same caller with one more header on every request. */
    public Client with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Client(http, base, more, observer);
    }

    /** The same caller with an API key. */
    public Client bearer(String key) {
        return with("Authorization", "Bearer " + key);
    }

    /** The same caller, addressing the server by another host name. */
    public Client host(String name) {
        return with("Host", name);
    }

    /** The same caller, with an idempotency key. */
    public Client idempotencyKey(String key) {
        return with("Idempotency-Key", key);
    }

    public URI base() {
        return base;
    }

    public Reply get(String target) {
        return send("GET", target);
    }

    public Reply delete(String target) {
        return send("DELETE", target);
    }

    public Reply post(String target, String json) {
        return send("POST", target, json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply put(String target, String json) {
        return send("PUT", target, json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply patch(String target, String json) {
        return send("PATCH", target, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request without a body. */
    public Reply send(String method, String target) {
        return exchange(method, target, headers, new byte[0]);
    }

    /** Sends a body, as JSON unless this caller has another content type; an empty one means none. */
    public Reply send(String method, String target, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        all.putAll(headers);
        return exchange(method, target, all, body);
    }

    /** Sends a body without saying how long it is. */
    public Reply stream(String method, String target, byte[] body) {
        return exchange(
                method, target, headers, body, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    private Reply exchange(String method, String target, Map<String, String> all, byte[] body) {
        return exchange(
                method,
                target,
                all,
                body,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    }

    private Reply exchange(
            String method, String target, Map<String, String> all, byte[] body, BodyPublisher publisher) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(target)).timeout(PATIENCE).method(method, publisher);
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            Map<String, java.util.List<String>> answered = new LinkedHashMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> answered.put(name.toLowerCase(java.util.Locale.ROOT), values));
            Reply reply = new Reply(response.statusCode(), answered, response.body());
            observer.accept(new Exchange(method, target, all, body, reply));
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + target + " was interrupted", e);
        }
    }
}
