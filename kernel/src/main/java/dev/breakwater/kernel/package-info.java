/** What every module needs and none owns. */
@NullMarked
package dev.breakwater.kernel;

import org.jspecify.annotations.NullMarked;
