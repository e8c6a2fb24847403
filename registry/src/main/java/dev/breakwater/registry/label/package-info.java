/** Labels, and the artifacts that bear them. */
@NullMarked
package dev.breakwater.registry.label;

import org.jspecify.annotations.NullMarked;
