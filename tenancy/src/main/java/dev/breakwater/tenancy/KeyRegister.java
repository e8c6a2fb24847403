package dev.breakwater.tenancy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The API keys of organizations, for people: making, listing and revoking them (events.md 2.2, 14). What somebody may do
 * is decided by roles; changes are audited. Ids are spelled as in the admin API.
 */
public interface KeyRegister {

    /** The permission to see keys, never their secrets. */
    String VIEW = "events_apikey_view";

    /** The permission to make and revoke them. */
    String EDIT = "events_apikey_edit";

    /** The prefix of key ids, for pages of them. */
    String PREFIX = "key";

    /**
     * A key.
     *
     * @param id {@code key_…}
     * @param organization whose key it is
     * @param name for people
     * @param environment in which it works
     * @param shown how it begins and ends, for example {@code hb_test_…x3f9}
     * @param unrestricted whether it carries every scope
     * @param scopes the scopes it carries otherwise
     * @param workspaces the only ones it reaches, {@code ws_…}; empty for all of its organization and environment
     * @param createdAt when it was made
     * @param expiresAt when it stops working; empty for never
     * @param revokedAt when it was revoked; empty when it was not
     * @param lastUsedAt about when it was last used, at most a minute late; empty for never
     */
    record Entry(
            String id,
            UUID organization,
            String name,
            Environment environment,
            String shown,
            boolean unrestricted,
            List<String> scopes,
            List<String> workspaces,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> revokedAt,
            Optional<Instant> lastUsedAt) {

        /** Whether it works at this time. */
        public boolean worksAt(Instant now) {
            return revokedAt.isEmpty()
                    && expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
        }
    }

    /**
     * A key that is to be.
     *
     * @param name 1 to 120 characters
     * @param environment {@code live} or {@code sandbox}
     * @param unrestricted whether it carries every scope
     * @param scopes the scopes it carries otherwise
     * @param workspaces the only ones it is to reach, {@code ws_…}; empty for all
     * @param expiresAt when it is to stop working; empty for never
     */
    record Draft(
            String name,
            String environment,
            boolean unrestricted,
            List<String> scopes,
            List<String> workspaces,
            Optional<Instant> expiresAt) {}

    /** A new key with its secret, which cannot be had again. */
    record Revealed(Entry key, String secret) {
        @Override
        public String toString() {
            return "Revealed[" + key.id() + "]";
        }
    }

    /** The scopes that a restricted key may carry, in the order of the alphabet. */
    List<String> scopes();

    /** The keys of an organization, the revoked ones too, newest first. */
    Page<Entry> list(Principal caller, UUID organization, PageRequest page);

    /**
     * Makes a key.
     *
     * @throws Failure.Invalid naming the field that is wrong
     */
    Revealed create(Call call, UUID organization, Draft draft);

    /**
     * One of them.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Entry find(Principal caller, String id);

    /**
     * Revokes a key; it is refused within one second.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    void revoke(Call call, String id);
}
