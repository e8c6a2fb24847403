/** The load harness: what Breakwater holds on the machine it runs on. */
@NullMarked
package dev.breakwater.bench;

import org.jspecify.annotations.NullMarked;
