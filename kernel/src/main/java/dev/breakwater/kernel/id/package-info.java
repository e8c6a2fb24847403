/** Identifiers: time-ordered, prefixed, unguessable. */
@NullMarked
package dev.breakwater.kernel.id;

import org.jspecify.annotations.NullMarked;
