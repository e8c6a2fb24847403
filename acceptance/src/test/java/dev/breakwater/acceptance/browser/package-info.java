/** A real browser, driven as a visitor uses it. */
@NullMarked
package dev.breakwater.acceptance.browser;

import org.jspecify.annotations.NullMarked;
