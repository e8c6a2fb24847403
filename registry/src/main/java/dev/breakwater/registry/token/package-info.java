/** Bearer tokens: what a caller may do with which repository, signed. */
@NullMarked
package dev.breakwater.registry.token;

import org.jspecify.annotations.NullMarked;
