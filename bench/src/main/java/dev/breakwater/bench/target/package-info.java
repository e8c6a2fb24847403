/** The server that is measured: started for the purpose, or running elsewhere. */
@NullMarked
package dev.breakwater.bench.target;

import org.jspecify.annotations.NullMarked;
