package dev.breakwater.registry.forwarding;

import java.time.Instant;

/**
 * An entry of the log that waits to be forwarded; its members are those of the log in {@code /api/v2.0} (registry.md 3.3).
 *
 * @param at when it happened
 * @param username who did it
 * @param operation what was done; what is pushed is created
 * @param resourceType to what kind of thing
 * @param resource to which
 * @param succeeded whether it was done
 * @param description one sentence for people; may be empty
 */
record Entry(
        Instant at,
        String username,
        String operation,
        String resourceType,
        String resource,
        boolean succeeded,
        String description) {}
