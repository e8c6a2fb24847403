/** What happened in the registry, for the logs of both Harbor APIs. */
@NullMarked
package dev.breakwater.registry.activity;

import org.jspecify.annotations.NullMarked;
