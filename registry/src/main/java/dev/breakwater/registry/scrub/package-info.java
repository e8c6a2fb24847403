/** Compares what lies in the store with what the tables say, and the bytes of blobs with their digests. */
@NullMarked
package dev.breakwater.registry.scrub;

import org.jspecify.annotations.NullMarked;
