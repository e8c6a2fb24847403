package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest in a repository, without its bytes; the Harbor APIs call it an artifact (registry.md 2.6, 3.3).
 *
 * @param id its number
 * @param repositoryId in which repository
 * @param digest of its bytes, in the algorithm under which it was pushed
 * @param mediaType as it was pushed
 * @param size of it with all that it names, in bytes
 * @param configType the media type of its configuration; null for an index
 * @param artifactType what it says it is; null when it says nothing
 * @param subject the manifest that it refers to; null for none
 * @param annotations its own annotations
 * @param attributes what its configuration says of it, JSON by key; empty when that cannot be read
 * @param pushedAt when it was pushed last
 * @param pulledAt when it was pulled last; null for never
 */
public record Manifest(
        long id,
        long repositoryId,
        Digest digest,
        String mediaType,
        long size,
        @Nullable String configType,
        @Nullable String artifactType,
        @Nullable Digest subject,
        Map<String, String> annotations,
        String attributes,
        Instant pushedAt,
        @Nullable Instant pulledAt) {

    /** An immutable copy of the annotations. */
    public Manifest {
        annotations = Map.copyOf(annotations);
    }
}
