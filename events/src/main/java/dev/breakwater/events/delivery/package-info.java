/** Deliveries: due work, attempts, signatures, retries, replay. */
@NullMarked
package dev.breakwater.events.delivery;

import org.jspecify.annotations.NullMarked;
