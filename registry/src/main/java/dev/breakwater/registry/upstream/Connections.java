package dev.breakwater.registry.upstream;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.GuardedResolver;
import dev.breakwater.kernel.net.SystemNames;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connections to registries elsewhere, made only to addresses that the guard permits, kept and used again by those who
 * trust the same certificates. Nothing is followed, repeated or decompressed here.
 */
final class Connections implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Timeout SILENCE = Timeout.ofSeconds(60);
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);
    private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(10);
    private static final int MOST = 1_000;
    private static final int MOST_TRUSTS = 64;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_LINE = 16 * 1024;

    private final SystemNames names = new SystemNames(CONNECT);
    private final GuardedResolver resolver;
    private final LoadingCache<Trusted, CloseableHttpClient> clients;

    /** Whom a client trusts. */
    private record Trusted(boolean insecure, @Nullable String certificate) {}

    Connections(AddressGuard guard) {
        resolver = new GuardedResolver(names, guard);
        clients = Caffeine.newBuilder()
                .maximumSize(MOST_TRUSTS)
                .removalListener((@Nullable Trusted trusted, @Nullable CloseableHttpClient client, RemovalCause why) ->
                        close(client))
                .build(this::client);
    }

    private CloseableHttpClient client(Trusted trusted) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setTlsSocketStrategy(Trust.of(trusted.insecure(), trusted.certificate()))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .setMaxLineLength(MAX_LINE)
                                        .build())
                                .build())
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnPerRoute(MOST)
                        .setMaxConnTotal(MOST)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT))
                                .setSocketTimeout(SILENCE)
                                // A registry may close a kept connection at any time, and few requests can be repeated.
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .setTimeToLive(LONGEST_LIFE)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(SILENCE)
                        .setResponseTimeout(SILENCE)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .evictIdleConnections(LONGEST_IDLE)
                .setUserAgent("Breakwater")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Sends one request and waits for the head of its answer. */
    Reply send(Endpoint endpoint, HttpUriRequestBase request, Map<String, String> headers) throws UpstreamException {
        headers.forEach(request::setHeader);
        CloseableHttpClient client = clients.get(new Trusted(endpoint.insecure(), endpoint.certificate()));
        try {
            return new Reply(request, client.executeOpen(null, request, HttpClientContext.create()));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What a broken exchange means; its own text may hold what nobody should see. */
    static UpstreamException failure(IOException e) {
        return switch (e) {
            case UpstreamException known -> known;
            case GuardedResolver.AddressBlocked blocked ->
                new UpstreamException(
                        UpstreamException.Reason.BLOCKED,
                        "the address of the registry must not be reached, unless registry.outbound.allowed-networks names"
                                + " its network",
                        e);
            case UnknownHostException unknown ->
                new UpstreamException(
                        UpstreamException.Reason.UNREACHABLE, "the host name of the registry has no address", e);
            case SSLException untrusted ->
                new UpstreamException(
                        UpstreamException.Reason.UNTRUSTED, "the certificate of the registry is not trusted", e);
            default -> new UpstreamException(UpstreamException.Reason.UNREACHABLE, "the registry cannot be reached", e);
        };
    }

    private static void close(@Nullable CloseableHttpClient client) {
        if (client != null) {
            client.close(org.apache.hc.core5.io.CloseMode.GRACEFUL);
        }
    }

    @Override
    public void close() {
        clients.asMap().values().forEach(Connections::close);
        names.close();
    }
}
