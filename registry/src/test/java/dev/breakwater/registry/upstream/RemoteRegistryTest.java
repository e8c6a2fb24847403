package dev.breakwater.registry.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.Network;
import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.registry.blob.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteRegistryTest {

    private static final byte[] MANIFEST = "{\"schemaVersion\":2}".getBytes(UTF_8);
    private static final int LARGEST = 100_000;
    private static final Digest DIGEST = Digest.sha256(MANIFEST);
    private static final String LOGIN = "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(UTF_8));

    private final ManualTime time = new ManualTime(Instant.parse("2026-07-01T00:00:00Z"));
    private final RegistryClient client =
            new RegistryClient(new AddressGuard(List.of(Network.parse("127.0.0.0/8"))), time, LARGEST);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private RemoteRegistry registry(Endpoint.@Nullable Login login) {
        return client.to(new Endpoint(RegistryType.DOCKER_REGISTRY, URI.create(base()), login, false, null));
    }

    private static Endpoint.Login ann() {
        return new Endpoint.Login("ann", "secret");
    }

    @FunctionalInterface
    private interface Script {
        void answer(HttpExchange exchange, String authorization) throws IOException;
    }

    private void on(String path, Script script) {
        server.createContext(path, exchange -> {
            String authorization =
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization);
            script.answer(exchange, authorization);
            exchange.close();
        });
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
            throws IOException {
        exchange.getRequestBody().readAllBytes();
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void answer(HttpExchange exchange, int status, String... header) throws IOException {
        answer(exchange, status, header.length == 0 ? Map.of() : Map.of(header[0], header[1]), new byte[0]);
    }

    private void tokens() {
        on("/token", (exchange, authorization) -> {
            boolean known = authorization.isEmpty() || authorization.equals(LOGIN);
            answer(exchange, known ? 200 : 401, Map.of(), known ? "{\"token\":\"t1\"}".getBytes(UTF_8) : new byte[0]);
        });
    }

    private void protectedManifest() {
        on("/v2/", (exchange, authorization) -> {
            if (!authorization.equals("Bearer t1")) {
                answer(
                        exchange,
                        401,
                        "WWW-Authenticate",
                        "Bearer realm=\"%s/token\",service=\"s\",scope=\"x\"".formatted(base()));
            } else {
                answer(
                        exchange,
                        200,
                        Map.of("Content-Type", "application/vnd.oci.image.manifest.v1+json; charset=utf-8"),
                        MANIFEST);
            }
        });
    }

    @Test
    void a_challenge_is_answered_with_a_token_that_serves_again_until_it_ends() throws Exception {
        tokens();
        protectedManifest();

        Optional<RemoteManifest> first = registry(ann()).fetch("a/b", "v1");
        registry(ann()).fetch("a/b", "v1");

        assertThat(first.orElseThrow().digest()).isEqualTo(DIGEST);
        assertThat(first.orElseThrow().mediaType()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(seen)
                .containsExactly(
                        "GET /v2/a/b/manifests/v1 ",
                        "GET /token?client_id=breakwater&service=s&scope=repository%3Aa%2Fb%3Apull " + LOGIN,
                        "GET /v2/a/b/manifests/v1 Bearer t1",
                        "GET /v2/a/b/manifests/v1 Bearer t1");
        time.advance(Duration.ofSeconds(60));
        registry(ann()).fetch("a/b", "v1");
        assertThat(seen).hasSize(7);
    }

    @Test
    void a_wrong_login_is_told_apart_from_an_outage() {
        tokens();
        protectedManifest();

        UpstreamException refused = catchThrowableOfType(
                UpstreamException.class,
                () -> registry(new Endpoint.Login("ann", "wrong")).fetch("a/b", "v1"));

        assertThat(refused.reason()).isEqualTo(UpstreamException.Reason.UNAUTHORIZED);
        assertThat(refused.isOutage()).isFalse();
        assertThat(refused).hasMessageNotContaining("wrong");
        server.stop(0);
        UpstreamException gone = catchThrowableOfType(
                UpstreamException.class, () -> registry(null).fetch("a/b", "v1"));
        assertThat(gone.isOutage()).isTrue();
    }

    @Test
    void a_ping_without_a_login_is_content_with_a_challenge_and_one_with_it_is_not() throws Exception {
        on(
                "/v2/",
                (exchange, authorization) -> answer(
                        exchange, authorization.equals(LOGIN) ? 200 : 401, "WWW-Authenticate", "Basic realm=\"r\""));

        registry(null).ping();
        registry(ann()).ping();

        assertThatThrownBy(() -> registry(new Endpoint.Login("ann", "wrong")).ping())
                .isInstanceOf(UpstreamException.class);
    }

    @Test
    void a_blob_is_followed_to_where_it_lies_without_a_word_about_the_caller() throws Exception {
        on("/v2/", (exchange, authorization) -> {
            if (authorization.isEmpty()) {
                answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"r\"");
            } else {
                answer(exchange, 307, "Location", "/store?signed=1");
            }
        });
        on("/store", (exchange, authorization) -> answer(exchange, 200, Map.of(), "bytes".getBytes(UTF_8)));

        try (RemoteBlob blob = registry(ann()).open("a/b", DIGEST).orElseThrow()) {
            assertThat(blob.length()).isEqualTo(5);
            assertThat(blob.content().readAllBytes()).asString().isEqualTo("bytes");
        }

        assertThat(seen).last().isEqualTo("GET /store?signed=1 ");
    }

    @Test
    void endless_redirects_end() {
        on("/v2/", (exchange, authorization) -> answer(exchange, 302, "Location", "/v2/again"));

        UpstreamException astray = catchThrowableOfType(
                UpstreamException.class, () -> registry(null).open("a/b", DIGEST));

        assertThat(astray.reason()).isEqualTo(UpstreamException.Reason.BROKEN);
    }

    @Test
    void a_manifest_that_does_not_fit_its_digest_is_not_taken() {
        on("/v2/", (exchange, authorization) -> answer(exchange, 200, Map.of(), "other".getBytes(UTF_8)));

        assertThatThrownBy(() -> registry(null).fetch("a/b", DIGEST.toString()))
                .isInstanceOf(UpstreamException.class)
                .hasMessageContaining("does not fit its digest");
    }

    @Test
    void what_is_not_there_is_empty() throws Exception {
        on("/v2/", (exchange, authorization) -> answer(exchange, 404));

        assertThat(registry(null).fetch("a/b", "v1")).isEmpty();
        assertThat(registry(null).resolve("a/b", "v1")).isEmpty();
        assertThat(registry(null).hasBlob("a/b", DIGEST)).isFalse();
        assertThat(registry(null).tags("a/b")).isEmpty();
    }

    @Test
    void a_blob_is_uploaded_with_the_authority_under_which_the_upload_began() throws Exception {
        tokens();
        byte[] content = "content".getBytes(UTF_8);
        List<String> bodies = new CopyOnWriteArrayList<>();
        on("/v2/", (exchange, authorization) -> {
            if (authorization.isEmpty()) {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"%s/token\",service=\"s\"".formatted(base()));
            } else if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "/v2/a/b/blobs/uploads/1?state=x");
            } else {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                answer(exchange, 201);
            }
        });

        registry(ann()).upload("a/b", Digest.sha256(content), content.length, new ByteArrayInputStream(content), 0);

        assertThat(bodies).containsExactly("content");
        assertThat(seen)
                .last()
                .isEqualTo("PUT /v2/a/b/blobs/uploads/1?state=x&digest=sha256%3A"
                        + Digest.sha256(content).hex() + " Bearer t1");
    }

    @Test
    void lists_are_read_to_their_end() throws Exception {
        on("/v2/", (exchange, authorization) -> {
            boolean first = exchange.getRequestURI().getQuery() == null;
            answer(
                    exchange,
                    200,
                    first ? Map.of("Link", "</v2/a/b/tags/list?last=v1>; rel=\"next\"") : Map.of(),
                    (first ? "{\"tags\":[\"v1\"]}" : "{\"tags\":[\"v2\"]}").getBytes(UTF_8));
        });

        assertThat(registry(null).tags("a/b")).containsExactly("v1", "v2");
    }

    @Test
    void addresses_that_are_not_public_are_not_reached_unless_allowed() {
        try (RegistryClient strict = new RegistryClient(new AddressGuard(List.of()), time, LARGEST)) {
            RemoteRegistry local = strict.to(new Endpoint(RegistryType.HARBOR, URI.create(base()), null, false, null));

            UpstreamException blocked = catchThrowableOfType(UpstreamException.class, local::ping);

            assertThat(blocked.reason()).isEqualTo(UpstreamException.Reason.BLOCKED);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void official_images_of_docker_hub_are_in_library() {
        Endpoint hub = new Endpoint(RegistryType.DOCKER_HUB, URI.create("https://hub.docker.com"), null, false, null);

        assertThat(hub.repository("nginx")).isEqualTo("library/nginx");
        assertThat(hub.repository("bitnami/nginx")).isEqualTo("bitnami/nginx");
        assertThat(hub.api()).isEqualTo("https://registry-1.docker.io");
    }
}
