/** The first page: how things stand, and what to do next. */
@NullMarked
package dev.breakwater.console.home;

import org.jspecify.annotations.NullMarked;
