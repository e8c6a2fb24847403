package dev.breakwater.registry.classic.gate;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the 2017 API (registry.md 1.1): everybody has one, only signing in ties it to a user, and it lives for
 * an hour after its last use. Only those of users are stored, shared by all nodes and under the hashes of their ids.
 */
public final class ClassicSessions {

    private static final String COOKIE = "beegosessionID";
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

    private final Database database;
    private final TimeSource time;
    private final Users users;
    private volatile @Nullable SessionIds ids;

    /** Sessions of these users. */
    public ClassicSessions(Database database, TimeSource time, Users users) {
        this.database = database;
        this.time = time;
        this.users = users;
    }

    /** Gives a new id to a caller who brings none that lives. Part of every call, whatever becomes of it. */
    public void ensure(Call call) {
        Optional<String> brought = call.cookie(COOKIE).filter(ids()::isOurs);
        if (brought.isEmpty() || !lives(brought.get())) {
            call.answerCookie(cookie(call, ids().next(time.instant())));
        }
    }

    private boolean lives(String id) {
        Instant now = time.instant();
        Optional<ClassicSessionStore.Row> row = row(id);
        return row.map(session -> isLive(session, now)).orElseGet(() -> ids().isFresh(id, now));
    }

    /** The user to whom the session of a call is tied. It stands behind no change that a page of another host asks for. */
    Optional<UserProfile> user(Call call) {
        if (isChange(call) && isFromElsewhere(call)) {
            return Optional.empty();
        }
        Instant now = time.instant();
        return call.cookie(COOKIE)
                .filter(ids()::isOurs)
                .flatMap(id -> row(id).filter(session -> isLive(session, now)).flatMap(session -> {
                    if (!now.isBefore(session.usedAt().plus(BETWEEN_USES))) {
                        database.query(handle -> {
                            ClassicSessionStore.used(handle, hash(id), now);
                            return true;
                        });
                    }
                    return users.find(session.userId())
                            .filter(user ->
                                    !user.disabled() && user.passwordChangedAt().equals(session.passwordChangedAt()));
                }));
    }

    private static boolean isChange(Call call) {
        return !call.method().equals("GET") && !call.method().equals("HEAD");
    }

    /**
     * Whether a browser says so: it attaches the cookie, whose form is that of 2017, to the forms of any page, and a
     * form can send JSON as text. Programs with a cookie say nothing of the kind.
     */
    private static boolean isFromElsewhere(Call call) {
        Optional<String> site = call.header("Sec-Fetch-Site");
        return site.isPresent()
                ? !site.get().equals("same-origin") && !site.get().equals("none")
                : call.header("Origin")
                        .filter(origin -> !origin.endsWith("://" + call.authority()))
                        .isPresent();
    }

    /**
     * Ties the session of a call to a user: the one it brought, or else a new one.
     *
     * @return the answer, with the cookie of a new session in place of the anonymous one that this call was given
     */
    public Answer signIn(Call call, UserProfile user) {
        Instant now = time.instant();
        Optional<String> brought = call.cookie(COOKIE).filter(ids()::isOurs).filter(this::lives);
        String id = brought.orElseGet(() -> ids().next(now));
        database.transact(handle -> {
            ClassicSessionStore.deleteUnusedSince(handle, now.minus(IDLE));
            ClassicSessionStore.tie(handle, hash(id), user.id(), user.passwordChangedAt(), now);
            return true;
        });
        return brought.isPresent() ? Texts.done() : Texts.done().with("Set-Cookie", cookie(call, id));
    }

    /** Ends the session of a call; the caller goes on with a new one. */
    public Answer signOut(Call call) {
        Instant now = time.instant();
        call.cookie(COOKIE)
                .filter(ids()::isOurs)
                .ifPresent(id -> database.query(handle -> {
                    ClassicSessionStore.end(handle, hash(id), now);
                    return true;
                }));
        return Texts.done().with("Set-Cookie", cookie(call, ids().next(now)));
    }

    private Optional<ClassicSessionStore.Row> row(String id) {
        return database.query(handle -> ClassicSessionStore.find(handle, hash(id)));
    }

    private static boolean isLive(ClassicSessionStore.Row session, Instant now) {
        return !session.ended() && session.usedAt().plus(IDLE).isAfter(now);
    }

    private static byte[] hash(String id) {
        return Digest.sha256(id.getBytes(StandardCharsets.US_ASCII)).bytes();
    }

    private static String cookie(Call call, String id) {
        return COOKIE + "=" + id + "; Path=/; " + (call.secure() ? "secure; " : "") + "HttpOnly";
    }

    /** The key is read once; the schema is up to date before the first request. */
    private SessionIds ids() {
        @Nullable SessionIds known = ids;
        if (known == null) {
            known = new SessionIds(database.query(ClassicSessionStore::key));
            ids = known;
        }
        return known;
    }
}
