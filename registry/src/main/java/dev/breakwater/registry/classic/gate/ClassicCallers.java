package dev.breakwater.registry.classic.gate;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Handler;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.access.Rights;

/**
 * Finds out who is calling: by HTTP Basic, else by the session, else nobody (registry.md 1.1). Wrong credentials do not
 * fail a call, which goes on as if there were none; guessing is slowed down where they are checked.
 */
public final class ClassicCallers {

    private final Credentials credentials;
    private final ClassicSessions sessions;

    /** Knows callers by these credentials and sessions. */
    public ClassicCallers(Credentials credentials, ClassicSessions sessions) {
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /** Answers the calls of one route, knowing who is calling. */
    @FunctionalInterface
    public interface KnownHandler {
        /** Answers one call. */
        Answer handle(Call call, Rights rights);
    }

    /** A handler that first finds out who is calling. */
    public Handler known(KnownHandler handler) {
        return call -> handler.handle(call, rights(call));
    }

    private Rights rights(Call call) {
        Caller caller = Credentials.basic(call)
                .flatMap(basic -> credentials.authenticate(basic, call))
                .or(() -> sessions.user(call).map(Caller.Person::new))
                .orElse(new Caller.Anonymous());
        call.admit(caller.principal());
        return new Rights(caller);
    }
}
