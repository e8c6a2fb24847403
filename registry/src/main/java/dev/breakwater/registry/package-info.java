/** The container registry: the distribution API, Docker tokens, and both Harbor APIs over the same content. */
@NullMarked
package dev.breakwater.registry;

import org.jspecify.annotations.NullMarked;
