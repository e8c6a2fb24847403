/** The audit trail in the present-day API (registry.md 3.4). */
@NullMarked
package dev.breakwater.registry.current.audit;

import org.jspecify.annotations.NullMarked;
