package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import java.time.Instant;
import java.util.List;

/**
 * Something that is about to be removed from a repository, or just was.
 *
 * @param place from which
 * @param kind what the caller named
 * @param manifests those that go; empty when only a tag goes
 * @param tags those that go
 * @param username who removes
 * @param at when
 */
public record Removal(Place place, Kind kind, List<Digest> manifests, List<Target> tags, String username, Instant at) {

    /** What can be removed. */
    public enum Kind {
        /** A blob, from being read through the repository; manifests that name it stay. No listener is told. */
        BLOB,
        /** One name; what it pointed to stays. */
        TAG,
        /** A manifest with the tags on it. */
        ARTIFACT,
        /** All that is in a repository. */
        REPOSITORY
    }

    /** A tag with the manifest that it points to. */
    public record Target(String tag, Digest digest) {}

    /** Immutable copies of the lists. */
    public Removal {
        manifests = List.copyOf(manifests);
        tags = List.copyOf(tags);
    }
}
