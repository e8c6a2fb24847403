/** What the machine is, and what processes take of it. */
@NullMarked
package dev.breakwater.bench.machine;

import org.jspecify.annotations.NullMarked;
