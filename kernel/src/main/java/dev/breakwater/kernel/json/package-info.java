/** Strict JSON in, exact JSON out. */
@NullMarked
package dev.breakwater.kernel.json;

import org.jspecify.annotations.NullMarked;
