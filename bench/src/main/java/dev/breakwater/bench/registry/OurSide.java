package dev.breakwater.bench.registry;

import dev.breakwater.bench.machine.ProcessorTime;
import dev.breakwater.bench.target.ServerProcess;
import dev.breakwater.kernel.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Breakwater, started for the purpose. */
final class OurSide implements Side {

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("admin:Harbor12345".getBytes(StandardCharsets.UTF_8));

    private final ServerProcess server;
    private final HttpClient client = HttpClient.newHttpClient();

    OurSide(ServerProcess server) {
        this.server = server;
    }

    ServerProcess server() {
        return server;
    }

    @Override
    public String name() {
        return "Breakwater";
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public String authorization(String repository) throws IOException {
        String answer = call(
                "GET",
                "/service/token?service=harbor-registry&scope=repository:" + repository + ":pull,push,delete",
                "");
        return "Bearer " + Json.mapper().readTree(answer).path("token").asString();
    }

    /** Calls one of the Harbor APIs as the administrator, and gives what was answered. */
    String call(String method, String path, String json) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", BASIC)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json));
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(
                        "%s %s was answered %d: %s".formatted(method, path, response.statusCode(), response.body()));
            }
            return response.headers().firstValue("Location").orElse(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public Duration processorTime() {
        ProcessorTime time = ProcessorTime.of(server.handle());
        return time.jvm().plus(time.postgres());
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
