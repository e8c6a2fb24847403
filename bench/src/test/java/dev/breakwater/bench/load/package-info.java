@NullMarked
package dev.breakwater.bench.load;

import org.jspecify.annotations.NullMarked;
