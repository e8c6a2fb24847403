package dev.breakwater.acceptance.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.breakwater.acceptance.harness.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry elsewhere that sends what a test tells it to, in the pieces and at the moments that the test wants. */
final class ScriptedUpstream implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();

    /** Sends the body of an answer. */
    @FunctionalInterface
    interface Body {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private record Answer(String type, long length, Body body) {}

    ScriptedUpstream() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            Answer answer = path.equals("/v2/")
                    ? new Answer("application/json", 2, out -> out.write(Distribution.bytes("{}")))
                    : answers.get(path);
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(answer.length()));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            fetched.add(path.substring(path.lastIndexOf('/') + 1));
            exchange.sendResponseHeaders(200, answer.length());
            answer.body().write(exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on it has this blob, whose bytes it sends like that. */
    void blob(String repository, String digest, long length, Body body) {
        answers.put("/v2/" + repository + "/blobs/" + digest, new Answer("application/octet-stream", length, body));
    }

    /** From now on it has this image. */
    void image(String repository, String tag, byte[] manifest) {
        for (String reference : List.of(tag, Distribution.sha256(manifest))) {
            answers.put(
                    "/v2/" + repository + "/manifests/" + reference,
                    new Answer(Distribution.OCI_MANIFEST, manifest.length, out -> out.write(manifest)));
        }
    }

    /** How often something was fetched whole or in part. */
    long fetched(String reference) {
        return fetched.stream().filter(reference::equals).count();
    }

    /** A project that mirrors it; {@code more} are further members of the request, each with a comma before it. */
    String mirror(Client admin, String metadata, String more) {
        String location = admin.post("/api/v2.0/registries", """
                        {"name":"%s","type":"docker-registry","url":"http://127.0.0.1:%d","insecure":false}""".formatted(
                        ClassicApi.fresh("scripted"), server.getAddress().getPort()))
                .expect(201)
                .header("Location")
                .orElseThrow();
        String name = ClassicApi.fresh("mirror");
        admin.post("/api/v2.0/projects", """
                        {"project_name":"%s","metadata":{"public":"false"%s},"registry_id":%s%s}""".formatted(
                                name,
                                metadata,
                                location.substring(location.lastIndexOf('/') + 1),
                                Objects.requireNonNull(more)))
                .expect(201);
        return name;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
