/** Stylesheet, scripts and images, each under a name that changes with its content. */
@NullMarked
package dev.breakwater.console.asset;

import org.jspecify.annotations.NullMarked;
