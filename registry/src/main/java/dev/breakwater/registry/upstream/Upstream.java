package dev.breakwater.registry.upstream;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registry elsewhere as it is kept, without its secret (registry.md 3.7).
 *
 * @param id its number
 * @param organizationId whose key encrypts its secret
 * @param name what people call it, unique
 * @param type what it is
 * @param url its address
 * @param description what people noted
 * @param username as whom it is called; null for anonymous
 * @param insecure whether its certificate is taken unseen
 * @param certificate PEM of a certificate authority that is trusted for it; null for none
 * @param healthy whether it could be called when it was last tried
 * @param createdAt when it was added
 * @param updatedAt when it was last changed
 */
public record Upstream(
        long id,
        UUID organizationId,
        String name,
        RegistryType type,
        String url,
        String description,
        @Nullable String username,
        boolean insecure,
        @Nullable String certificate,
        boolean healthy,
        Instant createdAt,
        Instant updatedAt) {}
