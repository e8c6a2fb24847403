package dev.breakwater.registry.current.gate;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The sessions of browsers: the cookie {@code sid}, which signing in ties to a user until it has rested for the
 * configured time (registry.md 3.1, 3.5). A call that brings the cookie may come from any page that a browser shows, so
 * it changes something only when it also brings the token that nobody but our own pages can know: a hash of the cookie,
 * which scripts cannot read.
 */
public final class Sessions {

    private static final String COOKIE = "sid";
    private static final String TOKEN_HEADER = "X-Harbor-CSRF-Token";
    private static final String TOKEN_COOKIE = "_gorilla_csrf";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int ID_BYTES = 32;
    private static final Duration BETWEEN_USES = Duration.ofMinutes(1);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Database database;
    private final TimeSource time;
    private final Users users;
    private final Configuration configuration;
    private final SecureRandom random = new SecureRandom();

    /** Sessions of these users; how long they may rest is configured. */
    public Sessions(Database database, TimeSource time, Users users, Configuration configuration) {
        this.database = database;
        this.time = time;
        this.users = users;
        this.configuration = configuration;
    }

    /** Whether a call brings a session, be it tied to a user or not. */
    public boolean isCarriedBy(Call call) {
        return id(call).isPresent();
    }

    private static Optional<String> id(Call call) {
        return call.cookie(COOKIE).filter(id -> ID.matcher(id).matches());
    }

    /**
     * Gives the caller of a session the token for the next call, and refuses a change without the token of this one.
     *
     * @throws Failure.Forbidden when a change comes without it
     */
    void protect(Call call) {
        id(call).ifPresent(id -> {
            String token = token(id);
            offer(call, token);
            if (!READING.contains(call.method())
                    && !call.header(TOKEN_HEADER)
                            .filter(shown -> MessageDigest.isEqual(bytes(shown), bytes(token)))
                            .isPresent()) {
                throw new Failure.Forbidden("CSRF token invalid");
            }
        });
    }

    private static void offer(Call call, String token) {
        call.answerHeader(TOKEN_HEADER, token);
        call.answerCookie(TOKEN_COOKIE + "=" + token + attributes(call));
    }

    /** The user to whom the session of a call is tied. */
    Optional<UserProfile> user(Call call) {
        Instant now = time.instant();
        return id(call).flatMap(id -> database.query(handle -> live(handle, hash(id), now)))
                .flatMap(row -> users.find(row.userId())
                        .filter(user ->
                                !user.disabled() && user.passwordChangedAt().equals(row.passwordChangedAt())));
    }

    private Optional<SessionStore.Row> live(Handle handle, byte[] hash, Instant now) {
        Optional<SessionStore.Row> row = SessionStore.find(handle, hash)
                .filter(session -> session.usedAt().plus(timeout(handle)).isAfter(now));
        row.filter(session -> !now.isBefore(session.usedAt().plus(BETWEEN_USES)))
                .ifPresent(session -> SessionStore.used(handle, hash, now));
        return row;
    }

    private Duration timeout(Handle handle) {
        return Duration.ofMinutes(configuration.number(handle, ConfigurationKey.SESSION_TIMEOUT));
    }

    /** Ties a new session to a user, in place of the one that the call brings. */
    public void begin(Handle handle, Call call, UserProfile user) {
        Instant now = time.instant();
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        end(handle, call);
        SessionStore.deleteUnusedSince(handle, now.minus(timeout(handle)));
        SessionStore.insert(handle, hash(id), new SessionStore.Row(user.id(), user.passwordChangedAt(), now));
        give(call, id);
    }

    /** Gives a browser that has none yet a session that is tied to nobody, so that it may register a user. */
    public void ensure(Call call) {
        if (!isCarriedBy(call)) {
            byte[] bytes = new byte[ID_BYTES];
            random.nextBytes(bytes);
            give(call, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    private static void give(Call call, String id) {
        call.answerCookie(COOKIE + "=" + id + attributes(call));
        offer(call, token(id));
    }

    /** Ends the session of a call. */
    public void end(Handle handle, Call call) {
        id(call).ifPresent(id -> SessionStore.delete(handle, hash(id)));
    }

    /** Takes the cookie back. */
    public void clear(Call call) {
        call.answerCookie(COOKIE + "=; Max-Age=0" + attributes(call));
    }

    private static String attributes(Call call) {
        return "; Path=/; HttpOnly; SameSite=Lax" + (call.secure() ? "; Secure" : "");
    }

    private static byte[] hash(String id) {
        return sha256("sid:" + id);
    }

    private static String token(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("csrf:" + id));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
