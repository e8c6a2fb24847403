/** The one family of failures that handlers throw and surfaces render. */
@NullMarked
package dev.breakwater.kernel.failure;

import org.jspecify.annotations.NullMarked;
