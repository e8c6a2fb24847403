package dev.breakwater.registry.classic.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.ClassicPage;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.NewUser;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.UserChange;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** {@code /api/users} (registry.md 1.12). */
public final class UserHandlers {

    private static final String NO_ADMINISTRATOR = "User does not have admin role";
    private static final String NOT_OWN = "Guests can only change their own account.";
    private static final String LOCAL = "db_auth";
    /** The administrator of the installation and the placeholder for nobody. */
    private static final Set<Long> BUILT_IN = Set.of(UserProfile.FIRST, 2L);

    private final Database database;
    private final TimeSource time;
    private final Users users;
    private final SignIns signIns;
    private final Configuration configuration;

    /** Answers with what these know. */
    public UserHandlers(Database database, TimeSource time, Users users, SignIns signIns, Configuration configuration) {
        this.database = database;
        this.time = time;
        this.users = users;
        this.signIns = signIns;
        this.configuration = configuration;
    }

    /** {@code GET} of all but the built-in ones. */
    public Answer list(Call call, Rights rights) {
        Checks.requireAdministrator(rights, NO_ADMINISTRATOR);
        ClassicPage page = ClassicPage.of(call);
        Users.Found found = users.search(new Users.Search(
                call.query("username").orElse(null),
                call.query("email").orElse(null),
                BUILT_IN,
                page.offset(),
                page.size()));
        return page.answer(call, found.users().stream().map(UserView::of).toList(), found.total());
    }

    /** {@code POST}: by an administrator, or by anybody where that is allowed. */
    public Answer register(Call call, Rights rights) {
        Configuration.Values now = database.query(configuration::read);
        boolean administrator = rights.caller().isAdministrator();
        if (!now.text(ConfigurationKey.AUTH_MODE).equals(LOCAL)
                || (!now.isOn(ConfigurationKey.SELF_REGISTRATION) && !administrator)) {
            throw Refusal.forbiddenPlain("");
        }
        ClassicBody body = ClassicBody.of(call);
        String username = body.string("username");
        String email = body.string("email");
        String name = body.string("realname");
        String comment = body.string("comment");
        String password = body.string("password");
        boolean asAdministrator = body.number("has_admin_role") == 1;
        UserRules.registration(username, password, email, name, comment).ifPresent(fault -> {
            throw Refusal.invalid("register error:" + fault);
        });
        NewPassword hashed = users.password(password);
        UserProfile registered = change(handle -> {
            UserProfile user = users.register(
                    handle,
                    call,
                    new NewUser(username, email, name, comment, hashed, administrator && asAdministrator));
            record(handle, rights, "create", username);
            return user;
        });
        return Texts.created("/api/users/" + registered.number());
    }

    /** {@code GET …/current}. */
    public Answer current(Call call, Rights rights) {
        Checks.requireKnown(rights);
        return PrettyJson.answer(UserView.of(rights.caller().user().orElseThrow(Refusal::notPermitted)));
    }

    /** {@code GET} of one: oneself, or anybody for an administrator. */
    public Answer read(Call call, Rights rights) {
        UserProfile user = user(call, rights);
        if (!isOwn(rights, user) && !rights.caller().isAdministrator()) {
            throw Refusal.forbidden(NO_ADMINISTRATOR);
        }
        return PrettyJson.answer(UserView.of(user));
    }

    /** {@code PUT} of one: what users tell about themselves. */
    public Answer update(Call call, Rights rights) {
        UserProfile user = own(call, rights);
        ClassicBody body = ClassicBody.of(call);
        String email = body.string("email");
        String name = body.string("realname");
        String comment = body.string("comment");
        UserRules.profile(email, name, comment).ifPresent(fault -> {
            throw Refusal.invalid("change user profile error:" + fault);
        });
        change(handle -> users.change(handle, call, user.id(), UserChange.profile(email, name, comment)));
        return Texts.done();
    }

    /** {@code PUT …/password}: users show the old one, administrators only when it is their own. */
    public Answer setPassword(Call call, Rights rights) {
        UserProfile user = own(call, rights);
        ClassicBody body = ClassicBody.of(call);
        String fresh = body.string("new_password");
        if (isOwn(rights, user)) {
            String old = body.string("old_password");
            if (old.isEmpty()) {
                throw Refusal.invalidPlain("Old password is blank");
            }
            if (!signIns.confirm(user, old, call.clientAddress())) {
                throw Refusal.forbiddenPlain("old_password_is_not_correct");
            }
        }
        if (fresh.isEmpty()) {
            throw Refusal.invalidPlain("please_input_new_password");
        }
        UserRules.password(fresh).ifPresent(fault -> {
            throw Refusal.invalidPlain(fault);
        });
        NewPassword hashed = users.password(fresh);
        change(handle -> {
            users.setPassword(handle, call, user.id(), hashed);
            return true;
        });
        return Texts.done();
    }

    /** {@code PUT …/sysadmin}. */
    public Answer setAdministrator(Call call, Rights rights) {
        UserProfile user = user(call, rights);
        Checks.requireAdministrator(rights, NO_ADMINISTRATOR);
        boolean administrator = ClassicBody.of(call).number("has_admin_role") == 1;
        change(handle -> users.change(handle, call, user.id(), UserChange.administrator(administrator)));
        return Texts.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        UserProfile user = user(call, rights);
        Checks.requireAdministrator(rights, NO_ADMINISTRATOR);
        if (isOwn(rights, user)) {
            throw Refusal.forbiddenPlain("can not delete yourself");
        }
        if (user.number() == UserProfile.FIRST) {
            throw Refusal.notPermitted();
        }
        if (!database.query(handle -> configuration.text(handle, ConfigurationKey.AUTH_MODE))
                .equals(LOCAL)) {
            throw Refusal.forbiddenPlain("user can not be deleted in LDAP authentication mode");
        }
        change(handle -> {
            users.delete(handle, call, user.id());
            record(handle, rights, "delete", user.username());
            return true;
        });
        return Texts.done();
    }

    private void record(Handle handle, Rights rights, String operation, String username) {
        ActivityStore.insert(
                handle, Activity.of(time.instant(), rights.caller().name(), null, operation, "user", username));
    }

    /** The user that a path names, for a caller who is known. */
    private UserProfile user(Call call, Rights rights) {
        Checks.requireKnown(rights);
        OptionalLong number = Numbers.ofPath(call, "user_id");
        if (number.isEmpty() || number.getAsLong() == 0) {
            throw Refusal.invalidPlain("Invalid user Id");
        }
        return users.findByNumber(number.getAsLong()).orElseThrow(() -> Refusal.notFoundPlain(""));
    }

    private UserProfile own(Call call, Rights rights) {
        UserProfile user = user(call, rights);
        if (!isOwn(rights, user) && !rights.caller().isAdministrator()) {
            throw Refusal.forbiddenPlain(NOT_OWN);
        }
        return user;
    }

    private static boolean isOwn(Rights rights, UserProfile user) {
        return rights.caller()
                .user()
                .filter(caller -> caller.id().equals(user.id()))
                .isPresent();
    }

    /** A change of users, whose conflicts this API tells in words of its own. */
    private <T> T change(Function<Handle, T> work) {
        try {
            return database.transact(work::apply);
        } catch (Failure.Conflict taken) {
            throw switch (String.valueOf(taken.code())) {
                case Users.USERNAME_TAKEN -> Refusal.conflict("username has already been used!");
                case Users.EMAIL_TAKEN -> Refusal.conflict("email has already been used!");
                default -> taken;
            };
        } catch (Failure.NotFound gone) {
            throw Refusal.notFoundPlain("");
        }
    }
}
