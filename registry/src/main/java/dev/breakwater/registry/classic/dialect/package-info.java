/** How the 2017 API reads and writes: bodies, parameters, pages, JSON and refusals (registry.md 1.1). */
@NullMarked
package dev.breakwater.registry.classic.dialect;

import org.jspecify.annotations.NullMarked;
