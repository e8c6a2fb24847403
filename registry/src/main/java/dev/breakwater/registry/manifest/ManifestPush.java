package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.Terms;
import java.time.Instant;
import java.util.List;

/**
 * A manifest on its way into a repository.
 *
 * @param place into which
 * @param terms that hold there
 * @param digest of its bytes
 * @param mediaType of it
 * @param tags which are to point to it; empty for a push by digest
 * @param bytes by how much the use of the project grows, this manifest included
 * @param username who pushes
 * @param at when
 */
public record ManifestPush(
        Place place,
        Terms terms,
        Digest digest,
        String mediaType,
        List<String> tags,
        long bytes,
        String username,
        Instant at) {

    /** An immutable copy of the tags. */
    public ManifestPush {
        tags = List.copyOf(tags);
    }
}
