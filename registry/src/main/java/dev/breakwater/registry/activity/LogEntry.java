package dev.breakwater.registry.activity;

import java.time.Instant;

/**
 * An entry of the log as {@code /api/v2.0} shows and forwards it (registry.md 3.3).
 *
 * @param id in the order in which they were written; of one that waits to be forwarded its number among those
 * @param at when it happened
 * @param username who did it
 * @param operation what was done; what is pushed is created
 * @param resourceType to what kind of thing
 * @param resource to which
 * @param succeeded whether it was done
 * @param description one sentence for people; may be empty
 */
public record LogEntry(
        long id,
        Instant at,
        String username,
        String operation,
        String resourceType,
        String resource,
        boolean succeeded,
        String description) {}
