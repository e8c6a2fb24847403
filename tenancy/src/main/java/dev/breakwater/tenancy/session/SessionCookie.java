package dev.breakwater.tenancy.session;

import dev.breakwater.kernel.http.Call;
import java.net.URI;
import java.util.Optional;

/** The cookie that keeps a browser signed in. */
public final class SessionCookie {

    private static final String NAME = "breakwater_session";

    private SessionCookie() {}

    /** The value that the browser sent, if it sent one. */
    public static Optional<String> of(Call call) {
        return call.cookie(NAME);
    }

    /** Gives the browser the token; the server alone decides when it ends. */
    public static void set(Call call, String token) {
        call.answerCookie(cookie(call, token, Session.LIMIT.toSeconds()));
    }

    /** Takes it back. */
    public static void clear(Call call) {
        call.answerCookie(cookie(call, "", 0));
    }

    private static String cookie(Call call, String value, long maxAge) {
        return NAME + "=" + value + "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Lax"
                + (call.secure() ? "; Secure" : "");
    }

    /**
     * Whether the browser says that the request comes from a page of this very host. Only then may a cookie, which
     * browsers attach to requests of any page, stand behind a change.
     */
    public static boolean isSameOrigin(Call call) {
        Optional<String> site = call.header("Sec-Fetch-Site");
        if (site.isPresent()) {
            return site.get().equals("same-origin");
        }
        return call.header("Origin").flatMap(SessionCookie::authority).equals(call.header("Host"))
                && call.header("Host").isPresent();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
