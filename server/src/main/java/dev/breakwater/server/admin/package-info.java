/** {@code breakwater admin}: commands that administer a running server through its admin API. */
@NullMarked
package dev.breakwater.server.admin;

import org.jspecify.annotations.NullMarked;
