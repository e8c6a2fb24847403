/** Requests that may be sent twice and take effect once. */
@NullMarked
package dev.breakwater.events.idempotency;

import org.jspecify.annotations.NullMarked;
