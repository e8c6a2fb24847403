/** Who calls the present-day API, what they named, and whether they may (registry.md 3.1, 3.2). */
@NullMarked
package dev.breakwater.registry.current.gate;

import org.jspecify.annotations.NullMarked;
