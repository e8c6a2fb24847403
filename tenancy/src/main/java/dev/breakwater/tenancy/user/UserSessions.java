package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.BrowserSessions;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.session.FormToken;
import dev.breakwater.tenancy.session.Session;
import dev.breakwater.tenancy.session.SessionCookie;
import dev.breakwater.tenancy.session.Sessions;
import java.util.Optional;
import java.util.UUID;

/** Signing in and out, for programs and for pages alike; both are audited. */
public final class UserSessions implements BrowserSessions {

    private final Database database;
    private final Sessions sessions;
    private final SignIn signIn;
    private final PasswordChange passwords;
    private final Audit audit;

    /** Sessions are kept by {@code sessions}. */
    public UserSessions(Database database, Sessions sessions, SignIn signIn, PasswordChange passwords, Audit audit) {
        this.database = database;
        this.sessions = sessions;
        this.signIn = signIn;
        this.passwords = passwords;
        this.audit = audit;
    }

    /** A session that has begun, with its user. */
    record Started(User user, Sessions.Begun begun) {}

    /** Signs in and sets the cookie. Fails as {@link SignIn#require}. */
    Started start(Call call, String login, String password) {
        User user = signIn.require(login, password, call.clientAddress());
        call.admit(user.profile().principal());
        Sessions.Begun begun = database.transact(handle -> {
            Sessions.Begun session = sessions.begin(handle, user.profile().id());
            audit.record(
                    handle,
                    call,
                    null,
                    "session.created",
                    text(session.session().id()));
            return session;
        });
        SessionCookie.set(call, begun.token());
        return new Started(user, begun);
    }

    @Override
    public void begin(Call call, String login, String password) {
        start(call, login, password);
    }

    @Override
    public Optional<SignedIn> find(Call call) {
        return SessionCookie.of(call)
                .flatMap(token -> sessions.find(token)
                        .flatMap(session -> database.query(handle -> UserStore.find(handle, session.userId())))
                        .filter(user -> !user.profile().disabled())
                        .map(user -> new SignedIn(user.profile(), user.defaultPassword(), FormToken.of(token))));
    }

    @Override
    public boolean lives(Call call) {
        return SessionCookie.of(call).filter(sessions::lives).isPresent();
    }

    @Override
    public void end(Call call) {
        sessions.of(call).map(Session::id).ifPresent(id -> end(call, id));
        SessionCookie.clear(call);
    }

    /** Ends one session, which is the caller's. */
    void end(Call call, UUID session) {
        database.transact(handle -> {
            Sessions.end(handle, session);
            audit.record(handle, call, null, "session.ended", text(session));
            return true;
        });
        SessionCookie.clear(call);
    }

    @Override
    public void endAll(Call call) {
        Principal principal = call.principal();
        database.transact(handle -> {
            Sessions.endAll(handle, principal.id());
            audit.record(handle, call, null, "session.all_ended", Ids.text("usr", principal.id()));
            return true;
        });
        SessionCookie.clear(call);
    }

    @Override
    public void changePassword(Call call, UserProfile user, String current, String next) {
        PasswordChange.sound(next);
        passwords.requireCurrent(call, user, current);
        NewPassword ready = passwords.ready(next);
        if (ready.wellKnown()) {
            throw new Failure.Invalid(
                    "password", "This is the password of every fresh installation. Choose one that only you know.");
        }
        passwords.set(call, user.id(), ready);
    }

    @Override
    public boolean isSameOrigin(Call call) {
        return SessionCookie.isSameOrigin(call);
    }

    @Override
    public String formToken(String kept) {
        return FormToken.of(kept);
    }

    static String text(UUID session) {
        return Ids.text("ses", session);
    }
}
