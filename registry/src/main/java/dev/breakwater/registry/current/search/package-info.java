/** What is found and counted across all projects of the present-day API (registry.md 3.3). */
@NullMarked
package dev.breakwater.registry.current.search;

import org.jspecify.annotations.NullMarked;
