/** Where log lines go and how they look. */
@NullMarked
package dev.breakwater.server.logging;

import org.jspecify.annotations.NullMarked;
