package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in.
 *
 * @param id the user's identity
 * @param username unique regardless of case
 * @param email unique regardless of case; null when unknown
 * @param name what people call the user
 * @param passwordHash the Argon2id hash with its parameters
 * @param passwordChangedAt when the password was set
 * @param defaultPassword whether it is still the one that every fresh installation has
 * @param administrator whether the user may do everything everywhere
 * @param disabled whether the user may not sign in and no token of the user works
 * @param createdAt when the user was made
 */
public record User(
        UUID id,
        String username,
        @Nullable String email,
        String name,
        String passwordHash,
        Instant passwordChangedAt,
        boolean defaultPassword,
        boolean administrator,
        boolean disabled,
        Instant createdAt) {

    /** This user as the caller of a request. */
    public Principal principal() {
        return new Principal(Principal.Kind.USER, id, username, null, null, true, Set.of(), Set.of(), null);
    }

    @Override
    public String toString() {
        return "User[id=" + id + ", username=" + username + "]";
    }
}
