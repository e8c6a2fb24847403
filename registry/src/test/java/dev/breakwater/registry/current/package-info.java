/** The language of lists, and the bounded reading of archives. */
@NullMarked
package dev.breakwater.registry.current;

import org.jspecify.annotations.NullMarked;
