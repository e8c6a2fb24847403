/** What recurs at times that users choose. */
@NullMarked
package dev.breakwater.registry.schedule;

import org.jspecify.annotations.NullMarked;
