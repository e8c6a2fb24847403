/** Tests of the commands. */
@NullMarked
package dev.breakwater.server.command;

import org.jspecify.annotations.NullMarked;
