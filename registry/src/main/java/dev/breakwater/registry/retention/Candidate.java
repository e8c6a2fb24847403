package dev.breakwater.registry.retention;

import dev.breakwater.registry.blob.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that may be kept or not.
 *
 * @param id its number
 * @param digest of its manifest
 * @param pushedAt when it was pushed last
 * @param pulledAt when it was pulled last; null for never
 * @param tags on it, by name; may be empty
 */
record Candidate(
        long id, Digest digest, Instant pushedAt, @Nullable Instant pulledAt, List<String> tags) {

    Candidate {
        tags = List.copyOf(tags);
    }

    /** When it was last pushed or pulled. */
    Instant activeAt() {
        return pulledAt == null || pulledAt.isBefore(pushedAt) ? pushedAt : pulledAt;
    }
}
