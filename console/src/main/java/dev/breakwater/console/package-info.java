/** The web pages: server-rendered, for people, on the same rules as the APIs. */
@NullMarked
package dev.breakwater.console;

import org.jspecify.annotations.NullMarked;
