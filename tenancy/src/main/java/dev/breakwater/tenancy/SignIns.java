package dev.breakwater.tenancy;

import dev.breakwater.kernel.failure.Failure;
import java.util.Optional;

/**
 * Finds out whether somebody is the user they say they are. Both methods may be called with every request of a client
 * that shows its password each time: a password that has just been verified is remembered, never as text, while the
 * user is read anew, so a changed password, a disabled or deleted user stop working at once on every node. Guessing
 * is slowed down for each name from one address, without holding up anybody else and without occupying a thread
 * (registry.md 1.1).
 */
public interface SignIns {

    /**
     * The user with this username or email and this password; empty for an unknown or disabled user and for a wrong
     * password alike.
     *
     * @param login the username or the email address; where it is both of different users, the username counts
     * @param address from which the attempt comes
     * @throws Failure.TooManyRequests after too many failures
     * @throws Failure.Unavailable when too many sign-ins wait for their turn
     */
    Optional<UserProfile> authenticate(String login, String password, String address);

    /**
     * Whether this is the password of the user, for those who are asked to repeat it. Fails as {@link #authenticate}.
     *
     * @param address from which the attempt comes
     */
    boolean confirm(UserProfile user, String password, String address);
}
