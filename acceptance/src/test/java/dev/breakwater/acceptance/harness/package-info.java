/** A server, callers and receivers to test with. */
@NullMarked
package dev.breakwater.acceptance.harness;

import org.jspecify.annotations.NullMarked;
