/** What was pushed: repositories, their artifacts, and how to pull and push. */
@NullMarked
package dev.breakwater.console.repository;

import org.jspecify.annotations.NullMarked;
