package dev.breakwater.tenancy.admin;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Gate;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.serviceaccount.ServiceAccount;
import dev.breakwater.tenancy.serviceaccount.ServiceAccountStore;
import dev.breakwater.tenancy.session.Credential;
import dev.breakwater.tenancy.session.Session;
import dev.breakwater.tenancy.session.SessionCookie;
import dev.breakwater.tenancy.session.Sessions;
import dev.breakwater.tenancy.token.Token;
import dev.breakwater.tenancy.token.TokenStore;
import dev.breakwater.tenancy.user.SignIn;
import dev.breakwater.tenancy.user.UserStore;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Lets users and service accounts into the admin API: by token, by username and password, or by session. API keys of
 * organizations never open it (events.md 14).
 */
public final class AdminGate implements Gate {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Database database;
    private final Sessions sessions;
    private final SignIn signIn;
    private final TimeSource time;

    /** Checks every call anew, so that whatever was taken away is gone with the next one. */
    public AdminGate(Database database, Sessions sessions, SignIn signIn, TimeSource time) {
        this.database = database;
        this.sessions = sessions;
        this.signIn = signIn;
        this.time = time;
    }

    @Override
    public void check(Call call) {
        Credential credential = Credential.of(call).orElseThrow(AdminGate::refused);
        Optional<Principal> caller = switch (credential) {
            case Credential.Bearer bearer -> ofToken(bearer.token());
            case Credential.Basic basic ->
                Optional.of(signIn.require(basic.login(), basic.password(), call.clientAddress())
                        .profile()
                        .principal());
            case Credential.Cookie cookie -> ofSession(cookie.token());
            case Credential.Unreadable unreadable -> Optional.empty();
        };
        call.admit(caller.orElseThrow(AdminGate::refused));
        if (credential instanceof Credential.Cookie && !READING.contains(call.method())) {
            requireSameOrigin(call);
        }
    }

    private static Failure.Unauthenticated refused() {
        return new Failure.Unauthenticated("Sign in, or send a personal token or the token of a service account.");
    }

    private static void requireSameOrigin(Call call) {
        if (!SessionCookie.isSameOrigin(call)) {
            throw new Failure.Forbidden(
                    "A change with the session cookie must come from a page of this host (Sec-Fetch-Site or Origin).");
        }
    }

    private Optional<Principal> ofToken(String text) {
        if (!text.startsWith("pat.") && !text.startsWith("sat.")) {
            return ofSession(text);
        }
        Instant now = time.instant();
        return database.query(handle -> TokenStore.use(handle, text, now).flatMap(token -> owner(handle, token)));
    }

    private static Optional<Principal> owner(Handle handle, Token token) {
        UUID service = token.serviceAccountId();
        return service != null
                ? ServiceAccountStore.find(handle, service).map(ServiceAccount::principal)
                : user(handle, Objects.requireNonNull(token.userId()));
    }

    private Optional<Principal> ofSession(String text) {
        return sessions.find(text).map(Session::userId).flatMap(id -> database.query(handle -> user(handle, id)));
    }

    private static Optional<Principal> user(Handle handle, UUID id) {
        return UserStore.findProfile(handle, id)
                .filter(user -> !user.disabled())
                .map(UserProfile::principal);
    }
}
