/** The API documents as pages, and a form to call each operation from the browser. */
@NullMarked
package dev.breakwater.console.explorer;

import org.jspecify.annotations.NullMarked;
