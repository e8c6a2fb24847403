/** The command that lets a program on a developer's machine receive webhooks. */
@NullMarked
package dev.breakwater.server.forward;

import org.jspecify.annotations.NullMarked;
