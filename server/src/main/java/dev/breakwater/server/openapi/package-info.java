/** The OpenAPI documents of all surfaces. */
@NullMarked
package dev.breakwater.server.openapi;

import org.jspecify.annotations.NullMarked;
