/** The 2017 API of Harbor below {@code /api} (registry.md part 1). */
@NullMarked
package dev.breakwater.registry.classic;

import org.jspecify.annotations.NullMarked;
