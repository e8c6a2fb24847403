/** Patterns by which rules choose repositories and tags. */
@NullMarked
package dev.breakwater.registry.selector;

import org.jspecify.annotations.NullMarked;
