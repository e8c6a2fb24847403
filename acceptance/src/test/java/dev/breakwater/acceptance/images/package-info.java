/** Real images, artifacts and charts, made from nothing, the same to the byte at each call, for tests without a network. */
@NullMarked
package dev.breakwater.acceptance.images;

import org.jspecify.annotations.NullMarked;
