/** The registry contract, tested from outside. */
@NullMarked
package dev.breakwater.acceptance.registry;

import org.jspecify.annotations.NullMarked;
