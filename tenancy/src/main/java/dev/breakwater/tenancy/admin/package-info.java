/** The admin API: its gate and its surface. */
@NullMarked
package dev.breakwater.tenancy.admin;

import org.jspecify.annotations.NullMarked;
