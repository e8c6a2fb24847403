package dev.breakwater.registry.collection;

/**
 * How a collection is to be run (registry.md 3.6).
 *
 * @param deleteUntagged whether manifests go that no tag leads to
 * @param dryRun whether it only tells what would go
 * @param workers how many windows of blobs are looked at at the same time, 1 to {@link #MOST_WORKERS}
 */
public record CollectionParameters(boolean deleteUntagged, boolean dryRun, int workers) {

    /** The most workers. */
    public static final int MOST_WORKERS = 10;
}
