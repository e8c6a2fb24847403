/** Frees what nothing refers to any more, while pushes and pulls go on, and compares the store with the tables. */
@NullMarked
package dev.breakwater.registry.collection;

import org.jspecify.annotations.NullMarked;
