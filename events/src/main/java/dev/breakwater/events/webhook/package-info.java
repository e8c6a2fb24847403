/** Webhook endpoints: their registration, filters, secrets, and the directory of all of them. */
@NullMarked
package dev.breakwater.events.webhook;

import org.jspecify.annotations.NullMarked;
