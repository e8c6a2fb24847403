/** The commands of the program. */
@NullMarked
package dev.breakwater.server.command;

import org.jspecify.annotations.NullMarked;
