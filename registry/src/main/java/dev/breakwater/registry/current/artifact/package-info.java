/** Artifacts in the present-day API, with their tags, accessories, additions and scans (registry.md 3.3). */
@NullMarked
package dev.breakwater.registry.current.artifact;

import org.jspecify.annotations.NullMarked;
