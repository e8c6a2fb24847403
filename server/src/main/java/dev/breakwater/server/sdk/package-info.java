/** The client libraries that the server hands out. */
@NullMarked
package dev.breakwater.server.sdk;

import org.jspecify.annotations.NullMarked;
