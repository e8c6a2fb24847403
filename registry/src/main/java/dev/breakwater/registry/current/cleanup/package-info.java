/** What keeps the registry clean, in the present-day API: rules, runs, schedules and undoing (registry.md 3.4). */
@NullMarked
package dev.breakwater.registry.current.cleanup;

import org.jspecify.annotations.NullMarked;
