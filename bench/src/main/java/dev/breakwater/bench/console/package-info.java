/** How fast the pages of the console come when much is stored. */
@NullMarked
package dev.breakwater.bench.console;

import org.jspecify.annotations.NullMarked;
