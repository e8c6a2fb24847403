/** The language of lists. */
@NullMarked
package dev.breakwater.registry.listing;

import org.jspecify.annotations.NullMarked;
