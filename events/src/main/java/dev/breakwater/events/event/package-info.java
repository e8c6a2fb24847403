/** Events as they are stored, read and listed. */
@NullMarked
package dev.breakwater.events.event;

import org.jspecify.annotations.NullMarked;
