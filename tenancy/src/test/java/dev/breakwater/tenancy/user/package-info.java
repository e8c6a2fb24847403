/** Unit tests. */
@NullMarked
package dev.breakwater.tenancy.user;

import org.jspecify.annotations.NullMarked;
