/** The writing of JSON, to the byte. */
@NullMarked
package dev.breakwater.registry.classic.dialect;

import org.jspecify.annotations.NullMarked;
