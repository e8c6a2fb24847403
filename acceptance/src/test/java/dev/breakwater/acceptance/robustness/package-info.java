/** Kills, hostile input and misbehaving peers. */
@NullMarked
package dev.breakwater.acceptance.robustness;

import org.jspecify.annotations.NullMarked;
