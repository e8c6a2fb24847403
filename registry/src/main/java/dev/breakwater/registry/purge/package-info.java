/** Removes old entries from the log of activities. */
@NullMarked
package dev.breakwater.registry.purge;

import org.jspecify.annotations.NullMarked;
