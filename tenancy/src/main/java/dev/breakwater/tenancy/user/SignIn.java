package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import java.util.Optional;

/** Finds out whether somebody is the user they say they are. */
public final class SignIn {

    private static final int LONGEST_LOGIN = 320;

    private final Database database;
    private final Passwords passwords;
    private final FailedSignIns failures;

    /** Failures are remembered on this node only. */
    public SignIn(Database database, Passwords passwords, TimeSource time) {
        this.database = database;
        this.passwords = passwords;
        failures = new FailedSignIns(time);
    }

    /**
     * The user with this username or email and this password.
     *
     * @param address from which the attempt comes
     * @throws Failure.Unauthenticated for an unknown or disabled user and for a wrong password alike
     * @throws Failure.TooManyRequests after too many failures
     */
    public User authenticate(String login, String password, String address) {
        if (login.isBlank() || login.length() > LONGEST_LOGIN || password.length() > Passwords.LONGEST) {
            throw refused();
        }
        failures.attempt(login, address);
        Optional<User> user = database.query(handle -> UserStore.findByLogin(handle, login));
        boolean fits = passwords.verify(password, user.map(User::passwordHash));
        if (!fits || user.orElseThrow().disabled()) {
            throw refused();
        }
        failures.succeeded(login, address);
        return user.get();
    }

    private static Failure.Unauthenticated refused() {
        return new Failure.Unauthenticated("Invalid username or password.");
    }
}
