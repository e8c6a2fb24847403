package dev.breakwater.tenancy.session;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.token.TokenHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Begins, finds and ends sessions. A session's token is 256 random bits, of which only the hash is stored. */
public final class Sessions {

    private static final Duration BETWEEN_USES = Duration.ofMinutes(1);
    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Database database;
    private final TimeSource time;
    private final Ids ids;
    private final SecureRandom random = new SecureRandom();

    /** Sessions end by this clock. */
    public Sessions(Database database, TimeSource time, Ids ids) {
        this.database = database;
        this.time = time;
        this.ids = ids;
    }

    /** A session that has begun, with the token that only its user's browser or program keeps. */
    public record Begun(Session session, String token) {
        @Override
        public String toString() {
            return "Begun[" + session + "]";
        }
    }

    /** Begins a session, and clears away those that nobody uses any more. */
    public Begun begin(Handle handle, UUID user) {
        Instant now = time.instant();
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Session session = new Session(ids.next(), user, now, now);
        SessionStore.deleteUnusedSince(handle, now.minus(Session.IDLE_LIMIT));
        SessionStore.insert(handle, session, TokenHash.of(token));
        return new Begun(session, token);
    }

    /** The session that a call was made with, if it was made with one. */
    public Optional<Session> of(Call call) {
        return Credential.sessionToken(call).flatMap(this::find);
    }

    /** The session of this token, if it still lives. */
    public Optional<Session> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        Instant now = time.instant();
        return database.query(handle -> SessionStore.find(handle, TokenHash.of(token))
                .filter(session -> session.livesAt(now))
                .map(session -> {
                    if (!now.isBefore(session.usedAt().plus(BETWEEN_USES))) {
                        SessionStore.used(handle, session.id(), now);
                    }
                    return session;
                }));
    }

    /** Whether the session of this token still lives; to ask is no use of it. */
    public boolean lives(String token) {
        Instant now = time.instant();
        return TOKEN.matcher(token).matches()
                && database.query(handle -> SessionStore.find(handle, TokenHash.of(token)))
                        .filter(session -> session.livesAt(now))
                        .isPresent();
    }

    /** Ends one session. */
    public static void end(Handle handle, UUID id) {
        SessionStore.delete(handle, id);
    }

    /** Ends all sessions of a user. */
    public static void endAll(Handle handle, UUID user) {
        SessionStore.deleteAll(handle, user, null);
    }

    /** Ends all sessions of a user but the one that the call was made with. */
    public static void endOthers(Handle handle, UUID user, Call call) {
        SessionStore.deleteAll(
                handle, user, Credential.sessionToken(call).map(TokenHash::of).orElse(null));
    }
}
