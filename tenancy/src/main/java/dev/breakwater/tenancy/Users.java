package dev.breakwater.tenancy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The users of the installation, the same for every API (registry.md 1.12, 3.6). Deleted ones are not seen, except by
 * {@link #names}. Whether the caller may do what it asks for is decided before, as are lengths and characters. Reads
 * take a connection of their own, so they come before a transaction and not within; changes are part of the caller's
 * transaction and leave an entry in the audit trail.
 */
public interface Users {

    /** The code of the conflict about a username that somebody has, or that nobody can have. */
    String USERNAME_TAKEN = "username_taken";

    /** The code of the conflict about an email address that somebody has. */
    String EMAIL_TAKEN = "email_taken";

    /** The code of the conflict about the administrator without whom there would be none. */
    String LAST_ADMINISTRATOR = "last_administrator";

    /** The user with this id. */
    Optional<UserProfile> find(UUID id);

    /**
     * The same from memory, for the callers of hot paths: what was read counts for one second. What this node changes
     * counts at once, so only what another node changes can go unnoticed, and no longer than that second.
     */
    Optional<UserProfile> findRecent(UUID id);

    /** The user with this number. */
    Optional<UserProfile> findByNumber(long number);

    /** The user with this username, whatever its case. */
    Optional<UserProfile> findByName(String username);

    /** The user with this email address, whatever its case. */
    Optional<UserProfile> findByEmail(String email);

    /** Those of these users that exist, by id, in one query. */
    Map<UUID, UserProfile> findAll(Collection<UUID> ids);

    /** By what these users are called, the deleted ones too, in one query: for what they own or once did. */
    Map<UUID, UserName> names(Collection<UUID> ids);

    /**
     * Which users to list.
     *
     * @param username a part of the username, whatever its case; null or empty for any
     * @param email a part of the email address, whatever its case; null or empty for any, also none
     * @param without the numbers of users who are not to be listed
     * @param offset how many to skip
     * @param limit how many to list at most
     */
    record Search(@Nullable String username, @Nullable String email, Set<Long> without, long offset, int limit) {}

    /**
     * What a search found.
     *
     * @param users those of the page, by username
     * @param total how many there are on all pages
     */
    record Found(List<UserProfile> users, long total) {}

    /** A page of the users that fit. */
    Found search(Search search);

    /** How many users there are besides the one whom the installation began with (registry.md 3.5, auth_mode). */
    long countOrdinary();

    /**
     * Makes a password ready to be set. It takes long: call it before the transaction begins.
     *
     * @throws Failure.Unavailable when too many wait for their turn
     */
    NewPassword password(String text);

    /**
     * Adds a user.
     *
     * @throws Failure.Conflict with the code {@link #USERNAME_TAKEN} or {@link #EMAIL_TAKEN}; the username wins
     */
    UserProfile register(Handle handle, Call call, NewUser user);

    /**
     * Changes a user, and returns what the user is now. The sessions of one who is disabled end.
     *
     * @throws Failure.NotFound when there is no such user
     * @throws Failure.Conflict with the code {@link #EMAIL_TAKEN} or {@link #LAST_ADMINISTRATOR}
     */
    UserProfile change(Handle handle, Call call, UUID id, UserChange change);

    /**
     * Sets the password of a user. The old one stops working at once on every node, and all sessions of the user end
     * but the one that the call was made with.
     *
     * @throws Failure.NotFound when there is no such user
     */
    void setPassword(Handle handle, Call call, UUID id, NewPassword password);

    /**
     * Deletes a user, with all sessions, tokens and roles. The number stays used; username and email are free at once.
     *
     * @throws Failure.NotFound when there is no such user
     * @throws Failure.Conflict with the code {@link #LAST_ADMINISTRATOR}
     */
    void delete(Handle handle, Call call, UUID id);
}
