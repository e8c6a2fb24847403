/** Registries elsewhere: what is known of them, and the client that talks to them. */
@NullMarked
package dev.breakwater.registry.upstream;

import org.jspecify.annotations.NullMarked;
