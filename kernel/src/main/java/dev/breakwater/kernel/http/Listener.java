package dev.breakwater.kernel.http;

import dev.breakwater.kernel.db.SqlFailure;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.id.Ids;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.mapper.MapperManager;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on one port and hands every request to the surface that owns its path, the longest prefix first. What no
 * surface owns, and what is not HTTP, is answered by the fallback surface's dialect.
 */
public final class Listener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_PROLOGUE = 8 * 1024;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final Pattern SOUND_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Duration QUIET_LIMIT = Duration.ofSeconds(60);

    static {
        shareHeaderMapper();
    }

    private final List<Mount> mounts;
    private final Surface fallback;
    private final Ids ids;
    private final BodyBudget bodies = new BodyBudget();
    private final HttpMetrics metrics;
    private final WebServer server;

    private record Mount(String prefix, Surface surface) {

        boolean owns(String path) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
    }

    /**
     * Where to listen.
     *
     * @param address a host name or address, for example {@code 127.0.0.1}
     * @param port 0 for any free one
     * @param tls the certificate to show, null for plain HTTP
     */
    public record Settings(
            String address, int port, @Nullable Tls tls) {}

    /** Prepares to listen; {@link #start} opens the port. The first surface is also the fallback. */
    public Listener(Settings settings, List<Surface> surfaces, Ids ids, MeterRegistry registry) {
        this.fallback = surfaces.getFirst();
        this.ids = ids;
        this.metrics = new HttpMetrics(registry);
        mounts = surfaces.stream()
                .flatMap(surface -> surface.prefixes().stream().map(prefix -> new Mount(prefix, surface)))
                .sorted(Comparator.comparingInt((Mount mount) -> mount.prefix().length())
                        .reversed())
                .toList();
        server = configure(settings).build();
    }

    private WebServerConfig.Builder configure(Settings settings) {
        WebServerConfig.Builder config = WebServer.builder()
                .host(settings.address())
                .port(settings.port())
                .backlog(4_096)
                .shutdownHook(false)
                // Helidon 4.4 loses what a channel does not take at once, which a slow reader makes happen.
                .useNio(false)
                .maxTcpConnections(MAX_CONNECTIONS)
                .idleConnectionTimeout(QUIET_LIMIT)
                .shutdownGracePeriod(Duration.ofSeconds(10))
                .connectionOptions(options ->
                        options.readTimeout(QUIET_LIMIT).tcpNoDelay(true).socketKeepAlive(true))
                .addConnectionSelector(new OtherProtocols())
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(MAX_HEADERS)
                        .maxPrologueLength(MAX_PROLOGUE)
                        .build())
                .directHandlers(directHandlers())
                .addRouting(HttpRouting.builder().any(this::handle));
        if (settings.tls() != null) {
            config.tls(settings.tls());
        }
        return config;
    }

    /**
     * Helidon reads Content-Length through the global mapper. Unless one is set, its service registry makes a new one
     * at each reading, which takes more time than all the rest of a request.
     */
    @SuppressWarnings("removal") // Helidon 4.4 offers no other way, and reads the header like this itself.
    private static void shareHeaderMapper() {
        MapperManager.global(MapperManager.create());
    }

    /** Opens the port. */
    public Listener start() {
        server.start();
        return this;
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    private Surface owner(String path) {
        for (Mount mount : mounts) {
            if (mount.owns(path)) {
                return mount.surface();
            }
        }
        return fallback;
    }

    private void handle(ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        Surface surface = owner(request.prologue().uriPath().rawPath());
        String requestId = requestId(surface, request);
        Exchange call = new Exchange(request, requestId, surface.maxBody(), bodies);
        Framing framing = Framing.of(request.headers());
        Answer answer = framing.sound() ? answer(surface, call) : spell(surface, Framing.refusal(), requestId);
        if (framing.last() || call.isBroken()) {
            answer = answer.with("Connection", "close");
        }
        try {
            send(surface, call, answer, response);
        } finally {
            metrics.record(surface.name(), call.method(), answer.status(), System.nanoTime() - start);
        }
        if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            if (framing.sound()) {
                call.skipRest();
            }
            // Helidon 4.4 would go on: it would wait for another request, or take an unread body for one.
            throw new CloseConnectionException("That was the last answer of this connection.");
        }
    }

    private String requestId(Surface surface, ServerRequest request) {
        Optional<String> sent = surface.takesRequestId() ? request.headers().first(REQUEST_ID) : Optional.empty();
        return sent.filter(id -> SOUND_ID.matcher(id).matches()).orElseGet(() -> Ids.text("req", ids.next()));
    }

    private Answer answer(Surface surface, Exchange call) {
        try {
            surface.opening().check(call);
            Surface.Match match = surface.match(call.method(), call.path(), HttpPath.split(call.path()));
            call.checkAnnouncedLength(match.route().streamed());
            call.matched(match.parameters());
            match.route().gate().check(call);
            return match.route().handler().handle(call);
        } catch (Failure failure) {
            return spell(surface, failure, call.requestId());
        } catch (UncheckedIOException | CloseConnectionException | DataReader.InsufficientDataAvailableException gone) {
            // The caller has hung up in the middle of its request: there is nobody to answer.
            throw new CloseConnectionException("The caller has gone.", gone);
        } catch (RequestException malformed) {
            return spell(surface, new Failure.Invalid("The request is not valid HTTP."), call.requestId());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
            return spell(surface, faultOf(fault, call), call.requestId());
        } finally {
            call.done();
        }
    }

    private static Failure faultOf(Throwable fault, Exchange call) {
        if (SqlFailure.of(fault) == SqlFailure.UNREACHABLE) {
            return new Failure.Unavailable(Duration.ofSeconds(1), "Service temporarily unavailable.");
        }
        log.error("{} {} failed, request id {}", call.method(), call.path(), call.requestId(), fault);
        return new Failure.Internal("An internal error occurred.");
    }

    private static Answer spell(Surface surface, Failure failure, String requestId) {
        Answer answer = surface.errors().render(failure, requestId);
        return switch (failure) {
            case Failure.MethodNotAllowed wrong -> answer.with("Allow", String.join(", ", wrong.allowed()));
            case Failure.TooManyRequests many -> answer.with("Retry-After", seconds(many.retryAfter()));
            case Failure.Unavailable later -> answer.with("Retry-After", seconds(later.retryAfter()));
            case Failure.TooLarge large -> answer.with("Connection", "close");
            case Failure.TooSlow slow -> answer.with("Connection", "close");
            default -> answer;
        };
    }

    /** Whole seconds, rounded up, at least one. */
    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
    }

    private static void send(Surface surface, Exchange call, Answer answer, ServerResponse response) {
        response.status(answer.status());
        response.header(surface.requestIdHeader(), call.requestId());
        surface.answerHeaders().forEach(response::header);
        call.answerHeaders().forEach(response::header);
        if (!call.answerCookies().isEmpty()) {
            response.header(HeaderValues.create(HeaderNames.SET_COOKIE, call.answerCookies()));
        }
        answer.headers().forEach(response::header);
        switch (answer.body()) {
            case Answer.Bytes bytes -> sendBytes(call, bytes.content(), response);
            case Answer.Stream stream -> sendStream(stream.writer(), response);
            case Answer.Sized sized -> {
                response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, sized.length()));
                if (call.method().equals("HEAD") || sized.length() == 0) {
                    response.send();
                } else {
                    sendStream(sized.writer(), response);
                }
            }
        }
    }

    private static void sendStream(Answer.Writer writer, ServerResponse response) {
        try (OutputStream out = new FromZero(response.outputStream())) {
            writer.write(out);
        } catch (IOException | UncheckedIOException gone) {
            throw new CloseConnectionException("The caller has gone.", gone);
        }
    }

    private static void sendBytes(Exchange call, byte[] content, ServerResponse response) {
        if (call.method().equals("HEAD")) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, content.length));
            response.send();
        } else if (content.length == 0) {
            response.send();
        } else {
            response.send(content);
        }
    }

    /**
     * Requests that never became a call: broken HTTP, too many headers, a version we do not speak. Some of them, such
     * as a method with a foreign character, Helidon takes for a fault of its own; they are the caller's all the same,
     * because the faults of a call are answered where it is handled.
     */
    private DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        Stream.of(io.helidon.http.DirectHandler.EventType.values())
                .forEach(type -> handlers.addHandler(type, (request, event, status, headers, message) -> {
                    String requestId = Ids.text("req", ids.next());
                    Surface surface = owner(request.path());
                    Failure failure = new Failure.Invalid("The request is not valid HTTP.");
                    Answer answer = surface.errors().render(failure, requestId);
                    io.helidon.http.DirectHandler.TransportResponse.Builder response =
                            io.helidon.http.DirectHandler.TransportResponse.builder()
                                    .status(io.helidon.http.Status.create(answer.status()))
                                    .keepAlive(false)
                                    .header(HeaderNames.create(surface.requestIdHeader()), requestId);
                    surface.answerHeaders().forEach((name, value) -> response.header(HeaderNames.create(name), value));
                    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
                        response.header(HeaderNames.create(header.getKey()), header.getValue());
                    }
                    if (answer.body() instanceof Answer.Bytes bytes) {
                        response.entity(bytes.content());
                    }
                    return response.build();
                }));
        return handlers.build();
    }

    @Override
    public void close() {
        server.stop();
    }
}
