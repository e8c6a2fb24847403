/** A private PostgreSQL: unpacked, initialised, started, watched and stopped by this program. */
@NullMarked
package dev.breakwater.postgres;

import org.jspecify.annotations.NullMarked;
