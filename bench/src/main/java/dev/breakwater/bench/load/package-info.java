/** An HTTP/1.1 load generator and a webhook receiver that leave the machine to what is measured. */
@NullMarked
package dev.breakwater.bench.load;

import org.jspecify.annotations.NullMarked;
