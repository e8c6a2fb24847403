/** Tests of the log. */
@NullMarked
package dev.breakwater.server.logging;

import org.jspecify.annotations.NullMarked;
