package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import org.jspecify.annotations.Nullable;

/**
 * Something that may forbid a pull: a missing signature, known vulnerabilities (registry.md 2.3). It is asked for every
 * GET and HEAD of a manifest, so it looks at the settings of the project first and at the database only when they say
 * so. It answers by throwing {@link Failure.Precondition}.
 */
@FunctionalInterface
public interface PullRule {
    /** Whether this may be pulled. */
    void check(Pull pull);

    /**
     * A manifest that the caller may read.
     *
     * @param place where it is
     * @param manifestId its number
     * @param digest of its bytes
     * @param mediaType of it
     * @param artifactType what it says it is, or the type of its configuration; null when it has neither
     * @param subject the manifest that it refers to; null for none
     * @param scanner whether the caller is a scanner, which must see what nobody else may
     */
    record Pull(
            Place place,
            long manifestId,
            Digest digest,
            String mediaType,
            @Nullable String artifactType,
            @Nullable Digest subject,
            boolean scanner) {}
}
