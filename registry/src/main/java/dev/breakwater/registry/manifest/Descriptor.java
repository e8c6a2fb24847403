package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import org.jspecify.annotations.Nullable;

/**
 * How a manifest names something: a blob or another manifest.
 *
 * @param mediaType of what it names
 * @param digest of what it names
 * @param size that it claims, in bytes
 * @param elsewhere whether it names addresses where the content may be had
 * @param architecture for which it is; null when it does not say
 * @param os for which it is; null when it does not say
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        boolean elsewhere,
        @Nullable String architecture,
        @Nullable String os) {}
