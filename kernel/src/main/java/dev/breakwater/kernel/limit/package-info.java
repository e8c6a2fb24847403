/** How often a caller may call. */
@NullMarked
package dev.breakwater.kernel.limit;

import org.jspecify.annotations.NullMarked;
