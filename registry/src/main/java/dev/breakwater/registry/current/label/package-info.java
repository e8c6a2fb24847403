/** Labels in the present-day API (registry.md 3.3). */
@NullMarked
package dev.breakwater.registry.current.label;

import org.jspecify.annotations.NullMarked;
