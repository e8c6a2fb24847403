/** How much storage projects may use. */
@NullMarked
package dev.breakwater.registry.quota;

import org.jspecify.annotations.NullMarked;
