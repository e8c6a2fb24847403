/** The guides and decision records of this build. */
@NullMarked
package dev.breakwater.console.guide;

import org.jspecify.annotations.NullMarked;
