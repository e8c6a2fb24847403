package dev.breakwater.registry.collection;

/**
 * What was freed, or would be.
 *
 * @param manifests how many
 * @param blobs how many
 * @param bytes of both
 */
public record Freed(long manifests, long blobs, long bytes) {

    static final Freed NOTHING = new Freed(0, 0, 0);

    Freed plus(Freed other) {
        return new Freed(manifests + other.manifests, blobs + other.blobs, bytes + other.bytes);
    }
}
