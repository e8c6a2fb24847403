/** Organizations and the keys that encrypt their secrets. */
@NullMarked
package dev.breakwater.tenancy.organization;

import org.jspecify.annotations.NullMarked;
