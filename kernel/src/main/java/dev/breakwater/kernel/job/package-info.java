/** Recurring background work, done once by all nodes together. */
@NullMarked
package dev.breakwater.kernel.job;

import org.jspecify.annotations.NullMarked;
