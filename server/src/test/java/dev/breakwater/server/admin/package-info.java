/** The administrative commands against a running server. */
@NullMarked
package dev.breakwater.server.admin;

import org.jspecify.annotations.NullMarked;
