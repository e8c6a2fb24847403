/** The surface of the events API: authentication, limits, errors, routes. */
@NullMarked
package dev.breakwater.events.api;

import org.jspecify.annotations.NullMarked;
