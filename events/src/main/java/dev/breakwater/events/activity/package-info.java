/** How much happens in workspaces, by minute. */
@NullMarked
package dev.breakwater.events.activity;

import org.jspecify.annotations.NullMarked;
