/** What lists are narrowed by, and from where on they go on. */
@NullMarked
package dev.breakwater.registry.listing;

import org.jspecify.annotations.NullMarked;
