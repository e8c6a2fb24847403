/** Tests of how artifacts are looked into. */
@NullMarked
package dev.breakwater.registry.artifact;

import org.jspecify.annotations.NullMarked;
