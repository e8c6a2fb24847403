/** The events API as its contract describes it, one class for each section of the checklist. */
@NullMarked
package dev.breakwater.acceptance.events;

import org.jspecify.annotations.NullMarked;
