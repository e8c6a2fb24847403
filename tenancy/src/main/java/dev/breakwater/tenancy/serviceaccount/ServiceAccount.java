package dev.breakwater.tenancy.serviceaccount;

import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A program with an identity of its own (delivery.md 3.4).
 *
 * @param id its identity
 * @param organizationId the organization that owns it
 * @param name what people call it, unique in the organization
 * @param createdAt when it was made
 */
public record ServiceAccount(UUID id, UUID organizationId, String name, Instant createdAt) {

    /** This service account as the caller of a request. */
    public Principal principal() {
        return new Principal(
                Principal.Kind.SERVICE_ACCOUNT, id, name, organizationId, null, true, Set.of(), Set.of(), null);
    }
}
