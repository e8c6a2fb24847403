/** Tests that start, stop and kill real PostgreSQL processes. */
@NullMarked
package dev.breakwater.postgres;

import org.jspecify.annotations.NullMarked;
