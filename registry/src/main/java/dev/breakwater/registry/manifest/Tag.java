package dev.breakwater.registry.manifest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name that points to a manifest and can be moved to another.
 *
 * @param id its number
 * @param repositoryId in which repository
 * @param name unique in it
 * @param manifestId where it points
 * @param pushedAt when it was last set
 * @param pulledAt when something was last pulled by it; null for never
 */
public record Tag(
        long id,
        long repositoryId,
        String name,
        long manifestId,
        Instant pushedAt,
        @Nullable Instant pulledAt) {}
