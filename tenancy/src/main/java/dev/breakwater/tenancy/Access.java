package dev.breakwater.tenancy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What users and service accounts may do, by the roles they have been assigned. Nothing is allowed that no role
 * allows. It is asked about the resource that was found, never about a path.
 */
public interface Access {

    /** Whether the caller may know that this organization exists. If not, its resources do not exist either. */
    boolean sees(Principal caller, UUID organization);

    /** Whether the caller has a permission, for example {@code events_workspace_edit}. */
    boolean allows(Principal caller, String permission, @Nullable UUID organization);

    /**
     * The only organizations in which the caller has a permission, for lists over several; empty when the caller has
     * it in the whole account.
     */
    Optional<Set<UUID>> onlyIn(Principal caller, String permission);

    /**
     * Insists on a permission.
     *
     * @param organization whose resource it is; null for the account as a whole
     * @throws Failure.NotFound when the caller does not even see the organization
     * @throws Failure.Forbidden when the caller lacks the permission
     */
    void require(Principal caller, String permission, @Nullable UUID organization);

    /** What one caller may do in one organization, as it was when it was asked for. */
    @FunctionalInterface
    interface Rights {
        /** Whether the caller has this permission there. */
        boolean allow(String permission);
    }

    /** All that the caller may do in this organization, for those who ask several times. */
    Rights rights(Principal caller, UUID organization);

    /**
     * The organization that a request means: the one it names, else the caller's own, else {@code default}.
     *
     * @param named an organization's id or identifier
     * @throws Failure.NotFound when there is no such organization for this caller
     */
    UUID organization(Principal caller, Optional<String> named);
}
