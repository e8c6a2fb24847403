package dev.breakwater.tenancy.session;

import dev.breakwater.kernel.http.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a caller of the admin API shows. A header wins over the cookie, and a wrong header is never made good by a
 * right cookie.
 */
public sealed interface Credential {

    /** A personal token, the token of a service account, or anything else after {@code Bearer}. */
    record Bearer(String token) implements Credential {
        @Override
        public String toString() {
            return "Bearer[]";
        }
    }

    /** Username and password. */
    record Basic(String login, String password) implements Credential {
        @Override
        public String toString() {
            return "Basic[]";
        }
    }

    /** The session cookie. */
    record Cookie(String token) implements Credential {
        @Override
        public String toString() {
            return "Cookie[]";
        }
    }

    /** Something that cannot be read. */
    record Unreadable() implements Credential {}

    /** The credential of a call, if it shows any. */
    static Optional<Credential> of(Call call) {
        return call.header("Authorization")
                .map(Credential::ofHeader)
                .or(() -> SessionCookie.of(call).map(Cookie::new));
    }

    /** The session token that a call shows, if any. */
    static Optional<String> sessionToken(Call call) {
        return of(call).flatMap(credential -> switch (credential) {
            case Bearer bearer -> Optional.of(bearer.token());
            case Cookie cookie -> Optional.of(cookie.token());
            case Basic basic -> Optional.empty();
            case Unreadable unreadable -> Optional.empty();
        });
    }

    private static Credential ofHeader(String header) {
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Bearer(header.substring(7).strip());
        }
        return header.regionMatches(true, 0, "Basic ", 0, 6)
                ? basic(header.substring(6).strip())
                : new Unreadable();
    }

    private static Credential basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? new Unreadable() : new Basic(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return new Unreadable();
        }
    }
}
