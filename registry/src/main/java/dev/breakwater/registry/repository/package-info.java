/** Repositories and their names. */
@NullMarked
package dev.breakwater.registry.repository;

import org.jspecify.annotations.NullMarked;
