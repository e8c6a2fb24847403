/** What all pages share: who visits, the frame around them, rendering, and how failures look. */
@NullMarked
package dev.breakwater.console.page;

import org.jspecify.annotations.NullMarked;
