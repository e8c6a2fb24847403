package dev.breakwater.registry.scrub;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of the store with the tables.
 *
 * @param id its number
 * @param startedAt when it began
 * @param endedAt when it ended; null while it goes on, or when it was cut off
 * @param stored how many blobs the store has
 * @param strays how many of them no row knew
 * @param removed how many of these were old enough to be removed
 * @param missing how many blobs of the tables the store does not have; they count as absent until they are pushed again
 * @param healed how many of those that were missing are there again
 */
public record AuditReport(
        long id,
        Instant startedAt,
        @Nullable Instant endedAt,
        long stored,
        long strays,
        long removed,
        long missing,
        long healed) {}
