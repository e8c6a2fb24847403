package dev.breakwater.registry.upstream;

import dev.breakwater.registry.blob.Digest;

/**
 * A manifest of a registry elsewhere. Its content fits its digest.
 *
 * @param digest in the algorithm of the reference, or in which the registry named it
 * @param mediaType as the registry declared it
 * @param content byte for byte
 */
public record RemoteManifest(Digest digest, String mediaType, byte[] content) {}
