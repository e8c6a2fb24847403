package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.tenancy.SecretHashes;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.UserProfile;
import java.util.Optional;

/** Finds out whether somebody is the user they say they are. The row of the user is read each time, and decides. */
public final class SignIn implements SignIns {

    private final Database database;
    private final SecretHashes secrets;

    /** Passwords are verified, and guessing is slowed down, by {@code secrets}. */
    public SignIn(Database database, SecretHashes secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    @Override
    public Optional<UserProfile> authenticate(String login, String password, String address) {
        return find(login, password, address).map(User::profile);
    }

    /**
     * The user with this username or email and this password.
     *
     * @param address from which the attempt comes
     * @throws Failure.Unauthenticated for an unknown or disabled user and for a wrong password alike
     * @throws Failure.TooManyRequests after too many failures
     */
    public User require(String login, String password, String address) {
        return find(login, password, address)
                .orElseThrow(() -> new Failure.Unauthenticated("Invalid username or password."));
    }

    private Optional<User> find(String login, String password, String address) {
        if (!VerifiedSecrets.isPossible(login, password) || !UserAccounts.isStorable(login)) {
            return Optional.empty();
        }
        Optional<User> user = database.query(handle -> UserStore.findByLogin(handle, login));
        boolean fits = secrets.verify(login, password, user.map(User::passwordHash), address);
        return user.filter(found -> fits && !found.profile().disabled());
    }

    @Override
    public boolean confirm(UserProfile user, String password, String address) {
        Optional<User> stored = database.query(handle -> UserStore.find(handle, user.id()));
        return secrets.verify(user.username(), password, stored.map(User::passwordHash), address)
                && !stored.orElseThrow().profile().disabled();
    }
}
