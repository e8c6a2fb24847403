/** What happened: events, and posting one by hand. */
@NullMarked
package dev.breakwater.console.event;

import org.jspecify.annotations.NullMarked;
