/** Forwards the registry's log to a syslog server. */
@NullMarked
package dev.breakwater.registry.forwarding;

import org.jspecify.annotations.NullMarked;
