/** Projects in the present-day API, with their members, settings and allowlists (registry.md 3.3). */
@NullMarked
package dev.breakwater.registry.current.project;

import org.jspecify.annotations.NullMarked;
