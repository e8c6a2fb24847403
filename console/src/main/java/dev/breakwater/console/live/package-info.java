/** Parts of pages that follow what happens. */
@NullMarked
package dev.breakwater.console.live;

import org.jspecify.annotations.NullMarked;
