/** Pages, and cursors that live for 24 hours. */
@NullMarked
package dev.breakwater.events.paging;

import org.jspecify.annotations.NullMarked;
