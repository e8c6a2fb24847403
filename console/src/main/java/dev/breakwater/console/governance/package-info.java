/** Who and what rules a project: members, robots, retention, immutable tags, its limit and its log. */
@NullMarked
package dev.breakwater.console.governance;

import org.jspecify.annotations.NullMarked;
