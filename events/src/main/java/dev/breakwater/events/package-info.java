/** The events API: workspaces, events, webhooks and their deliveries (events.md). */
@NullMarked
package dev.breakwater.events;

import org.jspecify.annotations.NullMarked;
