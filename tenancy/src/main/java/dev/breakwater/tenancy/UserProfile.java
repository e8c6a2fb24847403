package dev.breakwater.tenancy;

import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as others may know one: everything but the password (registry.md 1.4). Times have the precision of the
 * database, so that the same user is equal however it was come by.
 *
 * @param id the user's identity
 * @param number the identity in APIs that count: 1 is the administrator whom the installation began with, 2 is nobody,
 *     and no number is ever given twice (registry.md 1.3)
 * @param username unique regardless of case
 * @param email unique regardless of case; null when unknown
 * @param name what people call the user
 * @param comment what administrators noted; empty for nothing
 * @param administrator whether the user may do everything everywhere
 * @param disabled whether the user may not sign in and no token of the user works
 * @param passwordChangedAt when the password was set; a session remembers it and has ended as soon as it differs
 * @param createdAt when the user was made
 * @param updatedAt when anything above or the password was last changed
 */
public record UserProfile(
        UUID id,
        long number,
        String username,
        @Nullable String email,
        String name,
        String comment,
        boolean administrator,
        boolean disabled,
        Instant passwordChangedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The number of the administrator whom the installation began with. */
    public static final long FIRST = 1;

    /** This user as the caller of a request. */
    public Principal principal() {
        return new Principal(Principal.Kind.USER, id, username, null, null, true, Set.of(), Set.of(), null);
    }
}
