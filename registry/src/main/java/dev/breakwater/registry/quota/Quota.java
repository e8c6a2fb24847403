package dev.breakwater.registry.quota;

import java.time.Instant;

/**
 * The limit of a project and what it uses (registry.md 3.3). It has the number of its project.
 *
 * @param projectId whose
 * @param projectName its name
 * @param ownerName who owns it
 * @param storage the limit in bytes; {@link #UNLIMITED} for none
 * @param used in bytes
 * @param createdAt when the project was made
 * @param updatedAt when the limit was last set
 */
public record Quota(
        long projectId,
        String projectName,
        String ownerName,
        long storage,
        long used,
        Instant createdAt,
        Instant updatedAt) {

    /** The limit of those that have none. */
    public static final long UNLIMITED = -1;

    /** The most bytes that a limit can be: 1 PiB times 1024. */
    public static final long HIGHEST = 1L << 60;

    /** Whether this many bytes can be a limit. */
    public static boolean isLimit(long bytes) {
        return bytes == UNLIMITED || (bytes > 0 && bytes <= HIGHEST);
    }
}
