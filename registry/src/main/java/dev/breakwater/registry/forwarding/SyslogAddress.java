package dev.breakwater.registry.forwarding;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a syslog server listens.
 *
 * @param host its name or its address, an IPv6 one in brackets
 * @param port of TCP
 */
public record SyslogAddress(String host, int port) {

    private static final String SCHEME = "tcp://";
    private static final int LAST_PORT = 65_535;

    /** Reads {@code host:port}, with or without {@code tcp://} before it; empty for anything else. */
    public static Optional<SyslogAddress> parse(String text) {
        try {
            URI uri = new URI(SCHEME + (text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text));
            @Nullable String host = uri.getHost();
            boolean bare = host != null && uri.toString().equals(SCHEME + host + ":" + uri.getPort());
            return bare && uri.getPort() > 0 && uri.getPort() <= LAST_PORT
                    ? Optional.of(new SyslogAddress(host, uri.getPort()))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
