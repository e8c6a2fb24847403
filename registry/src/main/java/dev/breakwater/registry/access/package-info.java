/** Who is calling the registry, and what the caller may do there. */
@NullMarked
package dev.breakwater.registry.access;

import org.jspecify.annotations.NullMarked;
