/** Projects of the registry: the list of them, what frames each, and their settings. */
@NullMarked
package dev.breakwater.console.project;

import org.jspecify.annotations.NullMarked;
