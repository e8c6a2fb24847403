/** Unit tests. */
@NullMarked
package dev.breakwater.tenancy.token;

import org.jspecify.annotations.NullMarked;
