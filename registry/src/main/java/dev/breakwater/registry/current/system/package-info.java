/** The installation in the present-day API: health, facts and configuration (registry.md 3.4, 3.5). */
@NullMarked
package dev.breakwater.registry.current.system;

import org.jspecify.annotations.NullMarked;
