/** Which content there is, where it may be read, and how much of it a project stores. */
@NullMarked
package dev.breakwater.registry.content;

import org.jspecify.annotations.NullMarked;
