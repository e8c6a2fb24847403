package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.request.Fields;
import dev.breakwater.tenancy.session.Session;
import dev.breakwater.tenancy.session.Sessions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/sessions}: signing in, asking who one is, signing out. */
public final class SessionHandlers {

    private final Database database;
    private final Sessions sessions;
    private final UserSessions users;

    /** Sign-ins and sign-outs are those of {@code users}. */
    public SessionHandlers(Database database, Sessions sessions, UserSessions users) {
        this.database = database;
        this.sessions = sessions;
        this.users = users;
    }

    /** Who is signed in; the members of a user are null for a service account. */
    private record Caller(
            String kind,
            String id,
            String name,
            @Nullable String username,
            @Nullable String email,
            @Nullable Boolean administrator,
            @Nullable Boolean defaultPassword) {}

    private record SignedIn(String id, String token, Instant expiresAt, Caller caller) {
        @Override
        public String toString() {
            return "SignedIn[id=" + id + "]";
        }
    }

    /** Signs in with {@code username}, which may be an email, and {@code password}; sets the cookie. */
    public Answer signIn(Call call) {
        JsonBody body = JsonBody.of(call);
        UserSessions.Started started = users.start(call, body.string("username"), body.string("password"));
        Sessions.Begun begun = started.begun();
        return Answer.json(
                201,
                new SignedIn(
                        UserSessions.text(begun.session().id()),
                        begun.token(),
                        Fields.seconds(begun.session().endsAt()),
                        caller(started.user())));
    }

    /** Who is calling. */
    public Answer current(Call call) {
        Principal principal = call.principal();
        return Answer.json(
                200,
                principal.kind() == Principal.Kind.USER
                        ? caller(database.query(handle -> UserStore.find(handle, principal.id()))
                                .orElseThrow())
                        : new Caller(
                                "service_account",
                                Ids.text("sa", principal.id()),
                                principal.name(),
                                null,
                                null,
                                null,
                                null));
    }

    private static Caller caller(User user) {
        UserProfile profile = user.profile();
        return new Caller(
                "user",
                Ids.text("usr", profile.id()),
                profile.name(),
                profile.username(),
                profile.email(),
                profile.administrator(),
                user.defaultPassword());
    }

    /** Ends the session of the call; with {@code all=true} every session of its user. */
    public Answer signOut(Call call) {
        if (call.query("all").filter("true"::equals).isPresent()) {
            users.endAll(call);
        } else {
            users.end(
                    call,
                    sessions.of(call)
                            .map(Session::id)
                            .orElseThrow(() -> new Failure.Invalid("There is no session to end: the request was made"
                                    + " without one. all=true ends every one.")));
        }
        return Answer.empty(204);
    }
}
