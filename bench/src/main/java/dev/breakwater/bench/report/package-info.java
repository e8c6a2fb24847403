/** The figures of a run and the bars they are held against. */
@NullMarked
package dev.breakwater.bench.report;

import org.jspecify.annotations.NullMarked;
