/** JMH benchmarks of the code that runs for every event. */
@NullMarked
package dev.breakwater.bench.micro;

import org.jspecify.annotations.NullMarked;
