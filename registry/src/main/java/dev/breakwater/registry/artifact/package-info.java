/** Artifacts as they are listed and looked into: their kind, what belongs to them, and how they were built. */
@NullMarked
package dev.breakwater.registry.artifact;

import org.jspecify.annotations.NullMarked;
