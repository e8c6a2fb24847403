package dev.breakwater.tenancy.role;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who has a role where.
 *
 * @param id its identity
 * @param role the role's identifier
 * @param userId the user who has it; null when a service account has it
 * @param serviceAccountId the service account that has it; null when a user has it
 * @param organizationId where it applies; null for the whole account
 * @param createdAt when it was assigned
 */
public record RoleAssignment(
        UUID id,
        String role,
        @Nullable UUID userId,
        @Nullable UUID serviceAccountId,
        @Nullable UUID organizationId,
        Instant createdAt) {}
