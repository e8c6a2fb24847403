/** The one clock, and alarms set on it. */
@NullMarked
package dev.breakwater.kernel.time;

import org.jspecify.annotations.NullMarked;
