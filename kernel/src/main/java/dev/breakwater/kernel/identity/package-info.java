/** Who is calling. */
@NullMarked
package dev.breakwater.kernel.identity;

import org.jspecify.annotations.NullMarked;
