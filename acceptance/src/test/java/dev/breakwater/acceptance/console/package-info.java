/** The console as its visitors use it: page by page over HTTP, and in a browser. */
@NullMarked
package dev.breakwater.acceptance.console;

import org.jspecify.annotations.NullMarked;
