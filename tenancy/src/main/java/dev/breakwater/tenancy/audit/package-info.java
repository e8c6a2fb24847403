/** The audit trail. */
@NullMarked
package dev.breakwater.tenancy.audit;

import org.jspecify.annotations.NullMarked;
