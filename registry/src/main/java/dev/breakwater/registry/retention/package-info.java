/** Policies that say which artifacts a project keeps, and what removes all others. */
@NullMarked
package dev.breakwater.registry.retention;

import org.jspecify.annotations.NullMarked;
