package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.NewUser;
import dev.breakwater.tenancy.UserChange;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    private static final Set<String> TAKEN = Set.of(Users.USERNAME_TAKEN, Users.EMAIL_TAKEN);

    private final Database database;
    private final Access access;
    private final Users users;
    private final PasswordChange passwords;

    /** Who may do what is decided here; the rules that hold for every API are those of {@code users}. */
    public UserHandlers(Database database, Access access, Users users, PasswordChange passwords) {
        this.database = database;
        this.access = access;
        this.users = users;
        this.passwords = passwords;
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

        static View of(UserProfile user) {
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
        List<UserProfile> rows = database.query(handle -> UserStore.list(handle, username, page.after(), page.rows()));
        return page.answer(rows, UserProfile::id, View::of);
    }

    /** One user. */
    public Answer get(Call call) {
        access.require(call.principal(), VIEW, null);
        UUID id = Fields.pathId(call, "usr", THING);
        return Answer.json(200, View.of(users.find(id).orElseThrow(() -> Fields.notFound(call, THING))));
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
        NewUser user = new NewUser(username, email.orElse(null), name, "", users.password(password), administrator);
        return Answer.json(201, View.of(transact(handle -> users.register(handle, call, user))));
    }

    /** Changes {@code email}, {@code name}, {@code administrator} or {@code disabled}. */
    public Answer update(Call call) {
        Principal caller = call.principal();
        access.require(caller, MANAGE, null);
        UUID id = Fields.pathId(call, "usr", THING);
        JsonBody body = JsonBody.of(call);
        UserChange change = new UserChange(
                email(body).orElse(null),
                Fields.optionalName(body).orElse(null),
                null,
                body.optionalBoolean("administrator").orElse(null),
                body.optionalBoolean("disabled").orElse(null));
        boolean administers = access.allows(caller, ADMINISTER, null);
        UserProfile changed = transact(handle -> {
            UserProfile user = lock(handle, call, id);
            requireMayTouch(administers, user.administrator() || Boolean.TRUE.equals(change.administrator()));
            return users.change(handle, call, id, change);
        });
        return Answer.json(200, View.of(changed));
    }

    /** Deletes a user, with all sessions, tokens and roles. */
    public Answer delete(Call call) {
        Principal caller = call.principal();
        access.require(caller, MANAGE, null);
        UUID id = Fields.pathId(call, "usr", THING);
        if (id.equals(caller.id())) {
            throw new Failure.Conflict("You cannot delete yourself.");
        }
        boolean administers = access.allows(caller, ADMINISTER, null);
        database.transact(handle -> {
            requireMayTouch(administers, lock(handle, call, id).administrator());
            users.delete(handle, call, id);
            return null;
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
        UserProfile user = users.find(id).orElseThrow(() -> Fields.notFound(call, THING));
        if (own) {
            passwords.requireCurrent(call, user, body.string("current_password"));
        } else {
            requireMayTouch(access.allows(caller, ADMINISTER, null), user.administrator());
        }
        passwords.set(call, id, users.password(password));
        return Answer.empty(204);
    }

    private static UserProfile lock(Handle handle, Call call, UUID id) {
        return UserStore.lock(handle, id).orElseThrow(() -> Fields.notFound(call, THING));
    }

    private static void requireMayTouch(boolean administers, boolean administrator) {
        if (administrator && !administers) {
            throw new Failure.Forbidden("Missing permission: %s.".formatted(ADMINISTER));
        }
    }

    /** Here one code stands for whatever there already is. */
    private <T> T transact(Database.HandleWork<T> work) {
        try {
            return database.transact(work);
        } catch (Failure.Conflict e) {
            throw e.code() != null && TAKEN.contains(e.code())
                    ? new Failure.Conflict("already_exists", e.explanation())
                    : e;
        }
    }

    private static String username(JsonBody body) {
        return UserFields.username(body.string("username"));
    }

    private static Optional<String> email(JsonBody body) {
        return body.optionalString("email").map(UserFields::email);
    }

    private static String password(JsonBody body) {
        return PasswordChange.sound(body.string("password"));
    }
}
