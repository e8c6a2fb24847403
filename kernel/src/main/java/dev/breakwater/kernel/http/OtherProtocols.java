package dev.breakwater.kernel.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers connections that begin with TLS or with another version of HTTP, which Helidon closes without a word. The
 * answer lets clients say what is wrong: those of registries written in Go, for example, tell "server gave HTTP response
 * to HTTPS client" from a server that is away, and go on over plain HTTP at once where that is allowed.
 */
final class OtherProtocols implements ServerConnectionSelector {

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int LONGEST_VERSION = 10;
    private static final Pattern OTHER_VERSION = Pattern.compile(".* HTTP/(?!1\\.1)[0-9](\\.[0-9])?\r?");
    private static final byte[] TLS = answer(
            "400 Bad Request",
            "This port speaks plain HTTP. Use http://, or serve HTTPS with the settings tls.certificate and tls.key.");
    private static final byte[] VERSION = answer(
            "505 HTTP Version Not Supported",
            "This server speaks HTTP/1.1. So must a proxy in front of it; in nginx: proxy_http_version 1.1;");

    private static byte[] answer(String status, String text) {
        return """
                HTTP/1.1 %s\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Length: %d\r
                Connection: close\r
                \r
                %s
                """.formatted(status, text.length() + 1, text).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return isTls(data) || isOtherVersion(data) ? Support.SUPPORTED : Support.UNSUPPORTED;
    }

    private static boolean isTls(BufferData data) {
        return data.available() > 0 && data.get(0) == TLS_HANDSHAKE;
    }

    /** Whether the first line ends like that of a request, but not with HTTP/1.1. */
    private static boolean isOtherVersion(BufferData data) {
        int end = data.indexOf((byte) '\n');
        StringBuilder version = new StringBuilder(LONGEST_VERSION);
        for (int i = Math.max(0, end - LONGEST_VERSION); i < end; i++) {
            version.append((char) data.get(i));
        }
        return OTHER_VERSION.matcher(version).matches();
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Refusal(context);
    }

    /** One answer, whatever was sent. */
    private record Refusal(ConnectionContext context) implements ServerConnection {

        @Override
        public void handle(Limit limit) {
            BufferData begun =
                    context.dataReader().readBuffer(context.dataReader().available());
            context.dataWriter().writeNow(BufferData.create(isTls(begun) ? TLS : VERSION));
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            // It ends by itself.
        }
    }
}
