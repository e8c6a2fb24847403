/** Manifests, also called artifacts, and the tags on them. */
@NullMarked
package dev.breakwater.registry.manifest;

import org.jspecify.annotations.NullMarked;
