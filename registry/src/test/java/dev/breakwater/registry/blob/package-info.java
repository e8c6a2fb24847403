/** Tests of the blob stores. */
@NullMarked
package dev.breakwater.registry.blob;

import org.jspecify.annotations.NullMarked;
