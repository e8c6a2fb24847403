/** Roles, who has them where, and what they allow. */
@NullMarked
package dev.breakwater.tenancy.role;

import org.jspecify.annotations.NullMarked;
