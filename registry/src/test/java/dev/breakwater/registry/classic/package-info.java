/** Tests of the parts that the 2017 API is made of. */
@NullMarked
package dev.breakwater.registry.classic;

import org.jspecify.annotations.NullMarked;
