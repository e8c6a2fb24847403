/** Who calls the 2017 API, and whether they may (registry.md 1.2). */
@NullMarked
package dev.breakwater.registry.classic.gate;

import org.jspecify.annotations.NullMarked;
