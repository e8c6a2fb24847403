/** Tests that back up and restore real databases. */
@NullMarked
package dev.breakwater.server.backup;

import org.jspecify.annotations.NullMarked;
