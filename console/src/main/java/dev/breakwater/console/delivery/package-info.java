/** How it was told: deliveries and their attempts. */
@NullMarked
package dev.breakwater.console.delivery;

import org.jspecify.annotations.NullMarked;
