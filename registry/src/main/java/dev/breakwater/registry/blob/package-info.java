/** Content-addressed blobs: where the bytes of layers and configurations lie. */
@NullMarked
package dev.breakwater.registry.blob;

import org.jspecify.annotations.NullMarked;
