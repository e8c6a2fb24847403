/** What makes the process: its start, its wiring and its end. */
@NullMarked
package dev.breakwater.server;

import org.jspecify.annotations.NullMarked;
