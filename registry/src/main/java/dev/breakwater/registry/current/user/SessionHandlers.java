package dev.breakwater.registry.current.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.FormBody;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Sessions;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code /c/login}, {@code /c/log_out} and {@code /c/userExists} (registry.md 3.1, 3.6). */
public final class SessionHandlers {

    private static final int LONGEST_NAME = 255;

    private final Database database;
    private final TimeSource time;
    private final Sessions sessions;
    private final SignIns signIns;
    private final Users users;
    private final Configuration configuration;
    private final Audit audit;

    /** Answers with what these know. */
    public SessionHandlers(
            Database database,
            TimeSource time,
            Sessions sessions,
            SignIns signIns,
            Users users,
            Configuration configuration,
            Audit audit) {
        this.database = database;
        this.time = time;
        this.sessions = sessions;
        this.signIns = signIns;
        this.users = users;
        this.configuration = configuration;
        this.audit = audit;
    }

    /** {@code POST /c/login}. */
    public Answer signIn(Call call, Rights rights) {
        String name = field(call, "principal");
        Instant now = time.instant();
        Optional<UserProfile> user = signIns.authenticate(name, field(call, "password"), call.clientAddress());
        if (user.isEmpty()) {
            String known = known(name);
            database.transact(handle -> {
                ActivityStore.insert(handle, Activity.failed(now, known, "login", "user", known));
                return true;
            });
            throw Checks.unauthorized();
        }
        call.admit(user.get().principal());
        database.transact(handle -> {
            sessions.begin(handle, call, user.get());
            String username = user.get().username();
            ActivityStore.insert(handle, Activity.of(now, username, null, "login", "user", username));
            audit.record(handle, call, null, "session.created", username);
            return true;
        });
        return Shape.done();
    }

    /** A name that nobody has may be a password in the wrong field, so it does not go into the log. */
    private String known(String name) {
        return users.findByName(name)
                .or(() -> users.findByEmail(name))
                .map(UserProfile::username)
                .orElse("unknown");
    }

    private static String field(Call call, String name) {
        return FormBody.field(call, name).filter(text -> text.indexOf('\0') < 0).orElse("");
    }

    /** {@code GET /c/log_out}. */
    public Answer signOut(Call call, Rights rights) {
        Instant now = time.instant();
        database.transact(handle -> {
            sessions.end(handle, call);
            rights.caller()
                    .user()
                    .map(UserProfile::username)
                    .ifPresent(username ->
                            ActivityStore.insert(handle, Activity.of(now, username, null, "logout", "user", username)));
            return true;
        });
        sessions.clear(call);
        return Shape.done();
    }

    /** {@code POST /c/userExists}: for the form of those who register, and for administrators. */
    public Answer exists(Call call, Rights rights) {
        sessions.ensure(call);
        boolean open = database.query(handle -> configuration.isOn(handle, ConfigurationKey.SELF_REGISTRATION));
        if (!open && !rights.caller().isAdministrator()) {
            throw new Failure.Precondition("self registration is disabled");
        }
        String value = field(call, "value");
        Optional<UserProfile> user = value.length() > LONGEST_NAME
                ? Optional.empty()
                : switch (field(call, "target")) {
                    case "username" -> users.findByName(value);
                    case "email" -> users.findByEmail(value);
                    default -> throw new Failure.Invalid("target must be username or email");
                };
        return Shape.answer(JsonNodeFactory.instance.booleanNode(user.isPresent()));
    }
}
