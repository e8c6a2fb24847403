/** Who may do what. */
@NullMarked
package dev.breakwater.registry.access;

import org.jspecify.annotations.NullMarked;
