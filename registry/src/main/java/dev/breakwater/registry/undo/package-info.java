/** Brings back what was deleted. */
@NullMarked
package dev.breakwater.registry.undo;

import org.jspecify.annotations.NullMarked;
