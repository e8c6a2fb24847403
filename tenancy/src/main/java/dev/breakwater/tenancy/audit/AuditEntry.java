package dev.breakwater.tenancy.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail.
 *
 * @param id its identity
 * @param at when it happened
 * @param organizationId whose change it was; null for the account as a whole
 * @param actor who did it, spelled as on the admin API, for example {@code usr_…}
 * @param actorName the name that the actor had then
 * @param action what was done, in dotted terms
 * @param target the id of what was changed, as the API spells it
 * @param requestId under which request
 * @param address from which client address
 */
public record AuditEntry(
        UUID id,
        Instant at,
        @Nullable UUID organizationId,
        String actor,
        String actorName,
        String action,
        String target,
        String requestId,
        String address) {}
