package dev.breakwater.registry.current.gate;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Handler;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;

/**
 * Finds out who is calling: by HTTP Basic, else by the session, else nobody in particular (registry.md 3.1). Wrong
 * credentials are 401, also where nobody needs any: whoever shows some believes to be known.
 */
public final class CurrentCallers {

    private static final String ZERO = "%00";
    private static final String READ_ONLY = "The system is in read only mode. Any modification is prohibited.";

    private final Database database;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Configuration configuration;

    /** Knows callers by these credentials and sessions; the configuration tells whether changes are taken. */
    public CurrentCallers(Database database, Credentials credentials, Sessions sessions, Configuration configuration) {
        this.database = database;
        this.credentials = credentials;
        this.sessions = sessions;
        this.configuration = configuration;
    }

    /**
     * A handler that first finds out who is calling.
     *
     * @param always whether it also works while the registry is read-only
     */
    Handler known(KnownHandler handler, boolean always) {
        return call -> {
            requireStorable(call);
            sessions.protect(call);
            Caller caller = caller(call);
            call.admit(caller.principal());
            // Read before a connection is held for it.
            call.body();
            if (!always && database.query(handle -> configuration.isOn(handle, ConfigurationKey.READ_ONLY))) {
                throw new Failure.Forbidden("DENIED", READ_ONLY);
            }
            return handler.handle(call, new Rights(caller));
        };
    }

    /** PostgreSQL holds no zero character, and nothing that is looked for has one. */
    private static void requireStorable(Call call) {
        if (call.path().contains(ZERO) || call.rawQuery().contains(ZERO)) {
            throw new Failure.Invalid("the URL holds a zero character");
        }
    }

    private Caller caller(Call call) {
        if (call.header("Authorization").isPresent()) {
            return Credentials.basic(call)
                    .flatMap(basic -> credentials.authenticate(basic, call))
                    .orElseThrow(Checks::unauthorized);
        }
        return sessions.user(call).<Caller>map(Caller.Person::new).orElseGet(Caller.Anonymous::new);
    }
}
