package dev.breakwater.events.delivery;

import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.GuardedResolver;
import dev.breakwater.kernel.net.SystemNames;
import dev.breakwater.kernel.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts deliveries over HTTP/1.1 (events.md 9.3, 10.5). Connections are kept and used again; each is made only to
 * an address that the guard permits. Nothing is followed, retried, stored or decompressed on the receiver's word.
 *
 * <p>One alarm on the injected clock ends an attempt, wherever it is: in looking up the name, connecting, encrypting,
 * sending or waiting. It interrupts the thread, which must be a virtual one: their sockets heed that.
 * What a response holds is bounded: its lines, the number of its headers and the part of its body that is read.
 */
public final class HttpTransport implements Transport, AutoCloseable {

    /** Far above what the dispatcher has under way: waiting for the pool would tie endpoints of one host together. */
    private static final int CONNECTIONS = 10_000;

    private static final TimeValue CHECKED_AFTER_IDLE = TimeValue.ofSeconds(1);
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);
    private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(5);
    private static final int MAX_HEADERS = 100;
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_KEPT_HEADERS = 16 * 1024;

    private final TimeSource time;
    private final Duration timeout;
    private final SystemNames names;
    /** Uses connections again. */
    private final CloseableHttpClient pooled;
    /** Makes a new connection for each request. */
    private final CloseableHttpClient fresh;

    /** A transport with the trust store of the Java platform and the resolver of the operating system. */
    public HttpTransport(TimeSource time, Duration timeout, AddressGuard guard) {
        this(time, timeout, guard, null, null);
    }

    HttpTransport(
            TimeSource time,
            Duration timeout,
            AddressGuard guard,
            GuardedResolver.@Nullable Names otherNames,
            @Nullable TlsSocketStrategy tls) {
        this.time = time;
        this.timeout = timeout;
        names = new SystemNames(timeout);
        GuardedResolver resolver = new GuardedResolver(otherNames == null ? names : otherNames, guard);
        pooled = client(resolver, tls).evictIdleConnections(LONGEST_IDLE).build();
        fresh = client(resolver, tls)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .build();
    }

    private HttpClientBuilder client(GuardedResolver resolver, @Nullable TlsSocketStrategy tls) {
        // The socket's own time-outs only matter should the alarm fail to ring; they are real time.
        Timeout limit = Timeout.of(timeout);
        Http1Config http = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_LINE)
                .build();
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(http)
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(limit)
                        .setSocketTimeout(limit)
                        .setValidateAfterInactivity(CHECKED_AFTER_IDLE)
                        .setTimeToLive(LONGEST_LIFE)
                        .build());
        if (tls != null) {
            connections.setTlsSocketStrategy(tls);
        }
        return HttpClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(limit)
                        .setResponseTimeout(limit)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent();
    }

    @Override
    public Reply send(Webhook webhook, Message message) {
        HttpPost post = new HttpPost(URI.create(webhook.url()));
        message.headers().forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(message.body(), null));
        try (Deadline deadline = new Deadline(time, timeout)) {
            try {
                return exchange(post, deadline);
            } catch (IOException e) {
                return new Reply.None(deadline.passed() ? ErrorCode.TIMEOUT : causeOf(e));
            }
        }
    }

    private Reply exchange(HttpPost post, Deadline deadline) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        try {
            return exchange(pooled, post, context);
        } catch (NoHttpResponseException | SocketException e) {
            // The receiver may have closed a kept connection in the moment in which it was used again: that says
            // nothing about the receiver, and the request is repeated once on a connection of its own.
            if (!wasUsedBefore(context.getEndpointDetails()) || deadline.passed()) {
                throw e;
            }
            return exchange(fresh, post, HttpClientContext.create());
        }
    }

    private static boolean wasUsedBefore(@Nullable EndpointDetails connection) {
        return connection != null && connection.getResponseCount() > 0;
    }

    private static Reply exchange(CloseableHttpClient client, HttpPost post, HttpClientContext context)
            throws IOException {
        ClassicHttpResponse response = client.executeOpen(null, post, context);
        try {
            return new Reply.Response(response.getCode(), headers(response), body(response.getEntity(), post));
        } finally {
            try {
                response.close();
            } catch (IOException e) {
                // The connection is closed, and that is all it takes.
            }
        }
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        int size = 0;
        for (Header header : response.getHeaders()) {
            size += header.getName().length() + header.getValue().length();
            if (size > MAX_KEPT_HEADERS) {
                break;
            }
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    header.getValue(),
                    (first, second) -> first + ", " + second);
        }
        return headers;
    }

    private static String body(@Nullable HttpEntity entity, HttpPost post) {
        if (entity == null) {
            return "";
        }
        long announced = entity.getContentLength();
        // One byte more than announced, so that the end is seen and the connection can be used again.
        byte[] buffer = new byte[announced < 0 ? Reply.MAX_BODY : (int) Math.min(Reply.MAX_BODY, announced + 1)];
        int length = 0;
        boolean ended = false;
        try {
            InputStream in = entity.getContent();
            while (!ended && length < buffer.length) {
                int n = in.read(buffer, length, buffer.length - length);
                ended = n < 0;
                length += Math.max(0, n);
            }
        } catch (IOException e) {
            // The head has decided already; what was read until here is good enough for the log.
        }
        if (!ended) {
            // Closing the response alone would read the rest, however long it is.
            post.cancel();
        }
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    private static ErrorCode causeOf(IOException failure) {
        return switch (failure) {
            case GuardedResolver.AddressBlocked blocked -> ErrorCode.ADDRESS_BLOCKED;
            case UnknownHostException unknown -> ErrorCode.DNS_FAILED;
            case SSLException untrusted -> ErrorCode.TLS_FAILED;
            case SocketTimeoutException silent -> ErrorCode.TIMEOUT;
            default -> ErrorCode.CONNECTION_FAILED;
        };
    }

    @Override
    public void close() throws IOException {
        names.close();
        pooled.close();
        fresh.close();
    }
}
