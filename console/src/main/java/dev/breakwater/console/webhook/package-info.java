/** Who is told: webhooks. */
@NullMarked
package dev.breakwater.console.webhook;

import org.jspecify.annotations.NullMarked;
