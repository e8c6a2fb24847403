/** How the present-day API reads and writes: bodies, parameters, pages, objects and errors (registry.md 3.1). */
@NullMarked
package dev.breakwater.registry.current.dialect;

import org.jspecify.annotations.NullMarked;
