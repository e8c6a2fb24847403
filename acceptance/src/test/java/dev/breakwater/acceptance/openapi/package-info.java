/** The OpenAPI documents, and the proof that every exchange keeps to them. */
@NullMarked
package dev.breakwater.acceptance.openapi;

import org.jspecify.annotations.NullMarked;
