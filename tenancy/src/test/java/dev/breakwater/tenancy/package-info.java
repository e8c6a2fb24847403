/** The module as a whole, on a real PostgreSQL. */
@NullMarked
package dev.breakwater.tenancy;

import org.jspecify.annotations.NullMarked;
