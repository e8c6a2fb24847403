@NullMarked
package dev.breakwater.registry.schedule;

import org.jspecify.annotations.NullMarked;
