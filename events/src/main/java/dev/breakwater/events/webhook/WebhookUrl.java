package dev.breakwater.events.webhook;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.net.AddressGuard;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the URL of a webhook when it is registered (events.md 9.3). It looks at what the URL says and resolves
 * nothing: the addresses behind a name are checked at each attempt, on the connection itself.
 */
public final class WebhookUrl {

    private static final int MAX_LENGTH = 2_048;
    private static final int MAX_HOST = 253;
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    /** A last label that resolvers read as a number, so the whole host as an IPv4 address: 1, 0177, 0x7f. */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private static final Pattern DOTTED_DECIMAL =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.|$)){4}(?<!\\.)");

    private WebhookUrl() {}

    /**
     * Accepts a URL to which deliveries may be posted.
     *
     * @param url as the caller sent it
     * @param allowHttp whether plain {@code http} passes
     * @param guard which literal addresses pass
     * @throws Failure.Invalid naming {@code url} and the reason
     */
    public static void check(String url, boolean allowHttp, AddressGuard guard) {
        if (url.length() > MAX_LENGTH) {
            throw invalid("must have at most 2048 characters");
        }
        if (!PRINTABLE.matcher(url).matches()) {
            throw invalid("must be an absolute URL in ASCII, percent-encoded where necessary");
        }
        URI uri = parse(url);
        @Nullable String scheme = uri.getScheme();
        boolean https = "https".equalsIgnoreCase(scheme);
        if (!https && !(allowHttp && "http".equalsIgnoreCase(scheme))) {
            throw invalid("must begin with https://");
        }
        if (uri.getRawUserInfo() != null
                || String.valueOf(uri.getRawAuthority()).indexOf('@') >= 0) {
            throw invalid("must not contain a user name or password");
        }
        if (uri.getRawFragment() != null) {
            throw invalid("must not contain a fragment");
        }
        @Nullable String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw invalid("must name a valid host");
        }
        if (uri.getPort() == 0
                || uri.getPort() > 65_535
                || uri.getRawAuthority().endsWith(":")) {
            throw invalid("must name a valid port");
        }
        checkHost(host.toLowerCase(Locale.ROOT), guard);
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw invalid("must be a valid URL");
        }
    }

    private static void checkHost(String host, AddressGuard guard) {
        if (host.startsWith("[")) {
            checkAddress(host.substring(1, host.length() - 1), guard);
            return;
        }
        // One trailing dot only says that the name is complete.
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (NUMERIC.matcher(name).matches()) {
            if (!DOTTED_DECIMAL.matcher(name).matches()) {
                throw invalid("must spell an IPv4 address as four decimal numbers");
            }
            checkAddress(name, guard);
            return;
        }
        if (name.length() > MAX_HOST || !NAME.matcher(name).matches()) {
            throw invalid("must name a valid host");
        }
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            checkAddress("127.0.0.1", guard);
        }
    }

    private static void checkAddress(String literal, AddressGuard guard) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw invalid("must name a valid host");
        }
        if (literal.indexOf('%') >= 0 || !guard.permits(address)) {
            throw invalid("must not point to a private, local or reserved address");
        }
    }

    private static Failure.Invalid invalid(String reason) {
        return new Failure.Invalid("url", "Invalid value for url: " + reason + ".");
    }
}
