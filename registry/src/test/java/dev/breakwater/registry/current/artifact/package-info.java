/** The reading of archives that may be of any size. */
@NullMarked
package dev.breakwater.registry.current.artifact;

import org.jspecify.annotations.NullMarked;
