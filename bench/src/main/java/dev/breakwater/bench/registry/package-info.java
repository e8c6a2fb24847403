/** The figures of the registry, side by side with a rival. */
@NullMarked
package dev.breakwater.bench.registry;

import org.jspecify.annotations.NullMarked;
