/** Blobs on their way into a repository. */
@NullMarked
package dev.breakwater.registry.upload;

import org.jspecify.annotations.NullMarked;
