/** Quotas in the present-day API (registry.md 3.4). */
@NullMarked
package dev.breakwater.registry.current.quota;

import org.jspecify.annotations.NullMarked;
