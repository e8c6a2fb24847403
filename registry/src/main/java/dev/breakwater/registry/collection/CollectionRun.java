package dev.breakwater.registry.collection;

import java.time.Instant;

/**
 * A collection that somebody asked for or that was scheduled (registry.md 3.3, 3.6).
 *
 * @param id its number
 * @param trigger {@code MANUAL} or {@code SCHEDULE}
 * @param deleteUntagged whether manifests go that no tag leads to
 * @param dryRun whether it only tells what would go
 * @param workers how many windows of blobs are looked at at the same time
 * @param status {@code Pending}, {@code Running}, {@code Success}, {@code Error} or {@code Stopped}
 * @param stopping whether somebody wants it to end
 * @param createdAt when it was asked for
 * @param updatedAt when it last made progress
 * @param manifests how many it freed, or would
 * @param blobs how many it freed, or would
 * @param bytes of both
 */
public record CollectionRun(
        long id,
        String trigger,
        boolean deleteUntagged,
        boolean dryRun,
        int workers,
        String status,
        boolean stopping,
        Instant createdAt,
        Instant updatedAt,
        long manifests,
        long blobs,
        long bytes) {

    static final String PENDING = "Pending";
    static final String RUNNING = "Running";
    static final String SUCCESS = "Success";
    static final String ERROR = "Error";
    static final String STOPPED = "Stopped";

    /** Asked for by somebody. */
    public static final String MANUAL = "MANUAL";

    /** Scheduled. */
    public static final String SCHEDULED = "SCHEDULE";

    /**
     * How a collection is to be run.
     *
     * @param deleteUntagged whether manifests go that no tag leads to
     * @param dryRun whether it only tells what would go
     * @param workers 1 to 10
     */
    public record Parameters(boolean deleteUntagged, boolean dryRun, int workers) {}

    /** What it freed, or would. */
    public Freed freed() {
        return new Freed(manifests, blobs, bytes);
    }
}
