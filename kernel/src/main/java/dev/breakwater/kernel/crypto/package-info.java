/** Encryption of secrets at rest. */
@NullMarked
package dev.breakwater.kernel.crypto;

import org.jspecify.annotations.NullMarked;
