/** Tags that may neither be moved nor removed. */
@NullMarked
package dev.breakwater.registry.immutability;

import org.jspecify.annotations.NullMarked;
