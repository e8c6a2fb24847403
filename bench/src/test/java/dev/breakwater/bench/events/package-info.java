@NullMarked
package dev.breakwater.bench.events;

import org.jspecify.annotations.NullMarked;
