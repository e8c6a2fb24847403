package dev.breakwater.registry.current.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Sessions;
import dev.breakwater.registry.listing.ListQuery;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.NewUser;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.UserChange;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** {@code /users} (registry.md 3.4, 3.6). */
public final class UserHandlers {

    /** The placeholder for nobody; the first administrator is not listed either, as lists are for those who came later. */
    private static final Set<Long> BUILT_IN = Set.of(UserProfile.FIRST, 2L);

    private final Database database;
    private final TimeSource time;
    private final Users users;
    private final SignIns signIns;
    private final Sessions sessions;
    private final Configuration configuration;

    /** Answers with what these know. */
    public UserHandlers(
            Database database,
            TimeSource time,
            Users users,
            SignIns signIns,
            Sessions sessions,
            Configuration configuration) {
        this.database = database;
        this.time = time;
        this.users = users;
        this.signIns = signIns;
        this.sessions = sessions;
        this.configuration = configuration;
    }

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        Checks.system(rights, Resource.USER, Action.LIST);
        Page page = Page.of(call);
        ListQuery query = Lists.query(call);
        Users.Found found = users.search(new Users.Search(
                query.text("username").orElse(null),
                query.text("email").orElse(null),
                BUILT_IN,
                page.offset(),
                page.size()));
        return page.answer(call, Shape.each(found.users(), UserHandlers::shape), found.total());
    }

    private static JsonNode shape(UserProfile user) {
        return new Shape()
                .number("user_id", user.number())
                .text("username", user.username())
                .text("email", user.email())
                .text("realname", user.name())
                .text("comment", user.comment())
                .truth("sysadmin_flag", user.administrator())
                .truth("admin_role_in_auth", false)
                .time("creation_time", user.createdAt())
                .time("update_time", user.updatedAt())
                .build();
    }

    /** {@code GET …/search}: by part of a name, for those who add members. */
    public Answer search(Call call, Rights rights) {
        Checks.known(rights);
        Page page = Page.of(call);
        String name =
                call.query("username").orElseThrow(() -> new Failure.Unprocessable("username in query is required"));
        Users.Found found = users.search(new Users.Search(name, null, Set.of(2L), page.offset(), page.size()));
        return page.answer(
                call,
                Shape.each(
                        found.users(),
                        user -> new Shape()
                                .number("user_id", user.number())
                                .text("username", user.username())
                                .build()),
                found.total());
    }

    /** {@code POST}: by administrators, or by people themselves in a browser where that is allowed. */
    public Answer create(Call call, Rights rights) {
        Configuration.Values now = database.query(configuration::read);
        boolean permitted = rights.allowsInSystem(Resource.USER, Action.CREATE);
        if (!permitted) {
            if (!now.isOn(ConfigurationKey.SELF_REGISTRATION)) {
                throw Checks.refused(rights);
            }
            if (!sessions.isCarriedBy(call)) {
                throw new Failure.Forbidden("self-registration cannot be triggered via API");
            }
        }
        Body body = Body.of(call);
        String username = body.text("username").orElse("");
        String password = body.text("password").orElse("");
        String email = body.text("email").orElse("");
        String name = body.text("realname").orElse("");
        String comment = body.text("comment").orElse("");
        UserRules.username(username);
        UserRules.password(password);
        UserRules.profile(email, name, comment);
        NewPassword hashed = users.password(password);
        UserProfile made = change(handle -> {
            UserProfile user = users.register(handle, call, new NewUser(username, email, name, comment, hashed, false));
            record(handle, rights.caller().isKnown() ? rights.caller().name() : username, "create", username);
            return user;
        });
        return Shape.created("/api/v2.0/users/" + made.number());
    }

    /** {@code GET …/current}. */
    public Answer current(Call call, Rights rights) {
        Checks.known(rights);
        return Shape.answer(
                shape(rights.caller().user().orElseThrow(() -> new Failure.Forbidden("a robot is not a user"))));
    }

    /** {@code GET} of one: oneself, or anybody for administrators. */
    public Answer read(Call call, Rights rights) {
        return Shape.answer(shape(find(call, rights, Action.READ)));
    }

    /** {@code PUT} of one: what users tell about themselves. */
    public Answer update(Call call, Rights rights) {
        UserProfile user = find(call, rights, Action.UPDATE);
        Body body = Body.of(call);
        String email = body.text("email").orElse("");
        String name = body.text("realname").orElse("");
        String comment = body.text("comment").orElse("");
        UserRules.profile(email, name, comment);
        change(handle -> {
            users.change(handle, call, user.id(), UserChange.profile(email, name, comment));
            record(handle, rights.caller().name(), "update", user.username());
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        UserProfile user = findForOthers(call, rights, Action.DELETE);
        if (isOwn(rights, user) || user.number() == UserProfile.FIRST) {
            throw new Failure.Forbidden("User with ID " + user.number() + " cannot be deleted");
        }
        change(handle -> {
            users.delete(handle, call, user.id());
            record(handle, rights.caller().name(), "delete", user.username());
            return true;
        });
        return Shape.done();
    }

    /** {@code PUT …/sysadmin}. */
    public Answer setAdministrator(Call call, Rights rights) {
        Checks.known(rights);
        Checks.administrator(rights);
        UserProfile user = findForOthers(call, rights, Action.UPDATE);
        boolean administrator = Body.of(call).truth("sysadmin_flag").orElse(false);
        if (user.number() == UserProfile.FIRST && !administrator) {
            throw new Failure.Forbidden("User with ID " + user.number() + " can only be system admin");
        }
        change(handle -> {
            users.change(handle, call, user.id(), UserChange.administrator(administrator));
            record(handle, rights.caller().name(), "update", user.username());
            return true;
        });
        return Shape.done();
    }

    /** {@code PUT …/password}: users show the old one; administrators need not, for others. */
    public Answer setPassword(Call call, Rights rights) {
        UserProfile user = find(call, rights, Action.UPDATE);
        Body body = Body.of(call);
        String old = body.text("old_password").orElse("");
        String fresh = body.text("new_password").orElse("");
        if (isOwn(rights, user) && !signIns.confirm(user, old, call.clientAddress())) {
            throw new Failure.Forbidden("Current password is incorrect");
        }
        UserRules.password(fresh);
        if (isOwn(rights, user) ? fresh.equals(old) : signIns.confirm(user, fresh, call.clientAddress())) {
            throw new Failure.Invalid("New password is identical to old password");
        }
        NewPassword hashed = users.password(fresh);
        change(handle -> {
            users.setPassword(handle, call, user.id(), hashed);
            record(handle, rights.caller().name(), "update", user.username());
            return true;
        });
        return Shape.done();
    }

    private void record(Handle handle, String caller, String operation, String username) {
        ActivityStore.insert(handle, Activity.of(time.instant(), caller, null, operation, "user", username));
    }

    /** The user that a path names: oneself, or anybody for who may. */
    private UserProfile find(Call call, Rights rights, Action action) {
        Checks.known(rights);
        long number = Numbers.path(call, "user_id");
        boolean own = rights.caller()
                .user()
                .map(UserProfile::number)
                .filter(id -> id == number)
                .isPresent();
        return own ? rights.caller().user().orElseThrow() : findForOthers(call, rights, action);
    }

    private UserProfile findForOthers(Call call, Rights rights, Action action) {
        Checks.system(rights, Resource.USER, action);
        long number = Numbers.path(call, "user_id");
        return users.findByNumber(number).orElseThrow(() -> new Failure.NotFound("user " + number + " not found"));
    }

    private static boolean isOwn(Rights rights, UserProfile user) {
        Optional<UserProfile> caller = rights.caller().user();
        return caller.filter(self -> self.id().equals(user.id())).isPresent();
    }

    /** A change of users, whose conflicts this API tells in words of its own. */
    private <T> T change(Function<Handle, T> work) {
        try {
            return database.transact(work::apply);
        } catch (Failure.Conflict taken) {
            throw switch (String.valueOf(taken.code())) {
                case Users.USERNAME_TAKEN -> new Failure.Conflict("the username has been used");
                case Users.EMAIL_TAKEN -> new Failure.Conflict("the email has been used");
                case Users.LAST_ADMINISTRATOR -> new Failure.Forbidden("there must be one system admin at least");
                default -> taken;
            };
        }
    }
}
