/** Workspaces: the container and isolation boundary of events and webhooks. */
@NullMarked
package dev.breakwater.events.workspace;

import org.jspecify.annotations.NullMarked;
