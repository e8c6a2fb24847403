package dev.breakwater.registry.label;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A label that artifacts can bear (registry.md 3.3).
 *
 * @param id its number
 * @param projectId whose it is; null for one of the system
 * @param name unique in its project, or in the system
 * @param description what it is for; may be empty
 * @param color as browsers spell it; may be empty
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Label(
        long id,
        @Nullable Long projectId,
        String name,
        String description,
        String color,
        Instant createdAt,
        Instant updatedAt) {}
