/** What administrators may change while the registry runs, seen by both Harbor APIs. */
@NullMarked
package dev.breakwater.registry.configuration;

import org.jspecify.annotations.NullMarked;
