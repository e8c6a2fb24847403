/** Accepting events: validation, and the group commit that stores them with their deliveries. */
@NullMarked
package dev.breakwater.events.ingest;

import org.jspecify.annotations.NullMarked;
