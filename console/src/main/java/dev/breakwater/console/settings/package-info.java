/** What an organization sets up: keys, workspaces, members; and its audit log. */
@NullMarked
package dev.breakwater.console.settings;

import org.jspecify.annotations.NullMarked;
