/** Clients that others have written, when they are on the machine. */
@NullMarked
package dev.breakwater.acceptance.clients;

import org.jspecify.annotations.NullMarked;
