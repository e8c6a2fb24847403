/** The names of sessions. */
@NullMarked
package dev.breakwater.registry.classic.gate;

import org.jspecify.annotations.NullMarked;
