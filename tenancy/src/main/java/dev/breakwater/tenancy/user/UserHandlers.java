package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.TenancySettings;
import dev.breakwater.tenancy.request.Fields;
import dev.breakwater.tenancy.role.RoleStore;
import dev.breakwater.tenancy.session.Session;
import dev.breakwater.tenancy.session.Sessions;
import dev.breakwater.tenancy.token.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/users}. Users belong to the account as a whole; what they may do in it is up to their roles. */
public final class UserHandlers {

    private static final String THING = "user";
    private static final String VIEW = "core_user_view";
    private static final String INVITE = "core_user_invite";
    private static final String MANAGE = "core_user_manage";
    /** Whoever may not change the account may not make or touch those who may. */
    private static final String ADMINISTER = "core_account_edit";

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Passwords passwords;
    private final SignIn signIn;
    private final Sessions sessions;
    private final TimeSource time;
    private final Ids ids;

    /** Changes are audited; passwords never are part of an entry. */
    public UserHandlers(
            Database database,
            Access access,
            Audit audit,
            Passwords passwords,
            SignIn signIn,
            Sessions sessions,
            TimeSource time,
            Ids ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.passwords = passwords;
        this.signIn = signIn;
        this.sessions = sessions;
        this.time = time;
        this.ids = ids;
    }

    private record View(
            String id,
            String username,
            @Nullable String email,
            String name,
            boolean administrator,
            boolean disabled,
            Instant passwordChangedAt,
            Instant createdAt) {

        static View of(User user) {
            return new View(
                    text(user.id()),
                    user.username(),
                    user.email(),
                    user.name(),
                    user.administrator(),
                    user.disabled(),
                    Fields.seconds(user.passwordChangedAt()),
                    Fields.seconds(user.createdAt()));
        }
    }

    private static String text(UUID id) {
        return Ids.text("usr", id);
    }

    /** All users, or the one with {@code username}. */
    public Answer list(Call call) {
        access.require(call.principal(), VIEW, null);
        PageRequest page = PageRequest.of(call, "usr");
        @Nullable String username = call.query("username").orElse(null);
        List<User> rows = database.query(handle -> UserStore.list(handle, username, page.after(), page.rows()));
        return page.answer(rows, User::id, View::of);
    }

    /** One user. */
    public Answer get(Call call) {
        access.require(call.principal(), VIEW, null);
        UUID id = Fields.pathId(call, "usr", THING);
        return Answer.json(
                200,
                View.of(database.query(handle -> UserStore.find(handle, id))
                        .orElseThrow(() -> Fields.notFound(call, THING))));
    }

    /** A new user with a first password. */
    public Answer create(Call call) {
        access.require(call.principal(), INVITE, null);
        JsonBody body = JsonBody.of(call);
        String username = username(body);
        boolean administrator = body.optionalBoolean("administrator").orElse(false);
        if (administrator) {
            access.require(call.principal(), ADMINISTER, null);
        }
        Optional<String> email = email(body);
        String name = Fields.optionalName(body).orElse(username);
        String password = password(body);
        String hash = passwords.hash(password);
        Instant now = time.instant();
        User user = new User(
                ids.next(),
                username,
                email.orElse(null),
                name,
                hash,
                now,
                isDefault(password),
                administrator,
                false,
                now);
        database.transact(handle -> {
            if (!UserStore.insert(handle, user)) {
                throw taken();
            }
            audit.record(handle, call, null, "user.created", text(user.id()));
            return true;
        });
        return Answer.json(201, View.of(user));
    }

    /** Changes {@code email}, {@code name}, {@code administrator} or {@code disabled}. */
    public Answer update(Call call) {
        Principal caller = call.principal();
        access.require(caller, MANAGE, null);
        UUID id = Fields.pathId(call, "usr", THING);
        JsonBody body = JsonBody.of(call);
        Optional<String> email = email(body);
        Optional<String> name = Fields.optionalName(body);
        Optional<Boolean> administrator = body.optionalBoolean("administrator");
        Optional<Boolean> disabled = body.optionalBoolean("disabled");
        User changed = database.transact(handle -> {
            User user = lock(handle, call, id);
            requireMayTouch(caller, user, administrator.orElse(false));
            User after = new User(
                    id,
                    user.username(),
                    email.orElse(user.email()),
                    name.orElse(user.name()),
                    user.passwordHash(),
                    user.passwordChangedAt(),
                    user.defaultPassword(),
                    administrator.orElse(user.administrator()),
                    disabled.orElse(user.disabled()),
                    user.createdAt());
            boolean stays = after.administrator() && !after.disabled();
            if (!stays) {
                requireAnotherAdministrator(handle, user);
            }
            if (!UserStore.update(handle, after)) {
                throw taken();
            }
            if (after.disabled()) {
                Sessions.endAll(handle, id, null);
            }
            audit.record(handle, call, null, action(user, after), text(id));
            return after;
        });
        return Answer.json(200, View.of(changed));
    }

    private static String action(User before, User after) {
        if (before.disabled() == after.disabled()) {
            return "user.updated";
        }
        return after.disabled() ? "user.disabled" : "user.enabled";
    }

    /** Deletes a user, with all sessions, tokens and roles. */
    public Answer delete(Call call) {
        Principal caller = call.principal();
        access.require(caller, MANAGE, null);
        UUID id = Fields.pathId(call, "usr", THING);
        if (id.equals(caller.id())) {
            throw new Failure.Conflict("You cannot delete yourself.");
        }
        database.transact(handle -> {
            User user = lock(handle, call, id);
            requireMayTouch(caller, user, false);
            requireAnotherAdministrator(handle, user);
            Instant now = time.instant();
            UserStore.delete(handle, id, now);
            Sessions.endAll(handle, id, null);
            TokenStore.revokeAll(handle, id, now);
            RoleStore.unassignAll(handle, id);
            audit.record(handle, call, null, "user.deleted", text(id));
            return true;
        });
        return Answer.empty(204);
    }

    /**
     * Sets a password: one's own with {@code current_password}, anybody's with the permission to manage users. All
     * sessions of that user end, except the one that asks.
     */
    public Answer setPassword(Call call) {
        Principal caller = call.principal();
        UUID id = Fields.pathId(call, "usr", THING);
        boolean own = caller.kind() == Principal.Kind.USER && id.equals(caller.id());
        if (!own) {
            access.require(caller, MANAGE, null);
        }
        JsonBody body = JsonBody.of(call);
        String password = password(body);
        User user =
                database.query(handle -> UserStore.find(handle, id)).orElseThrow(() -> Fields.notFound(call, THING));
        if (own) {
            verifyCurrent(call, user, body.string("current_password"));
        } else {
            requireMayTouch(caller, user, false);
        }
        String hash = passwords.hash(password);
        Optional<UUID> kept = own ? sessions.of(call).map(Session::id) : Optional.empty();
        database.transact(handle -> {
            UserStore.setPassword(handle, id, hash, isDefault(password), time.instant());
            Sessions.endAll(handle, id, kept.orElse(null));
            audit.record(handle, call, null, "user.password_changed", text(id));
            return true;
        });
        return Answer.empty(204);
    }

    private void verifyCurrent(Call call, User user, String password) {
        try {
            signIn.authenticate(user.username(), password, call.clientAddress());
        } catch (Failure.Unauthenticated wrong) {
            Failure.Invalid invalid = new Failure.Invalid("current_password", "The current password is wrong.");
            invalid.addSuppressed(wrong);
            throw invalid;
        }
    }

    private static User lock(Handle handle, Call call, UUID id) {
        return UserStore.lock(handle, id).orElseThrow(() -> Fields.notFound(call, THING));
    }

    private void requireMayTouch(Principal caller, User user, boolean becomesAdministrator) {
        if (user.administrator() || becomesAdministrator) {
            access.require(caller, ADMINISTER, null);
        }
    }

    private static void requireAnotherAdministrator(Handle handle, User user) {
        if (user.administrator() && !user.disabled() && !UserStore.hasAdministratorBesides(handle, user.id())) {
            throw new Failure.Conflict("This is the last administrator. Make another one first.");
        }
    }

    private static String username(JsonBody body) {
        String username = body.string("username");
        if (!USERNAME.matcher(username).matches()) {
            throw Json.invalidValue(
                    "username",
                    "it must have 1 to 64 letters, digits or any of . _ @ - and begin with a letter or digit");
        }
        return username;
    }

    private static Optional<String> email(JsonBody body) {
        Optional<String> email = body.optionalString("email");
        email.filter(text -> !EMAIL.matcher(text).matches()).ifPresent(text -> {
            throw Json.invalidValue("email", "it must be an email address");
        });
        return email;
    }

    private static String password(JsonBody body) {
        String password = body.string("password");
        if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
            throw Json.invalidValue(
                    "password", "it must have %d to %d characters".formatted(Passwords.SHORTEST, Passwords.LONGEST));
        }
        return password;
    }

    private static boolean isDefault(String password) {
        return password.equals(TenancySettings.DEFAULT_PASSWORD);
    }

    private static Failure.Conflict taken() {
        return new Failure.Conflict("already_exists", "There already is a user with this username or email.");
    }
}
