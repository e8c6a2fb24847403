@NullMarked
package dev.breakwater.bench.report;

import org.jspecify.annotations.NullMarked;
