package dev.breakwater.registry.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something recurs.
 *
 * @param kind of thing
 * @param reference its number; 0 for the system as a whole
 * @param cron as it was written
 * @param nextAt when it comes again; null for never
 * @param parameters what the kind needs to know of it, a JSON object
 * @param updatedAt when it was set
 */
public record Schedule(
        String kind, long reference, String cron, @Nullable Instant nextAt, String parameters, Instant updatedAt) {}
