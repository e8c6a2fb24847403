/** Surfaces: a path prefix with its gate, its error dialect and its routes. */
@NullMarked
package dev.breakwater.kernel.http;

import org.jspecify.annotations.NullMarked;
