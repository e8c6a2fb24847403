/** Writes an installation into one file, and puts it back. */
@NullMarked
package dev.breakwater.server.backup;

import org.jspecify.annotations.NullMarked;
