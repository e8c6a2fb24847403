@NullMarked
package dev.breakwater.registry.quota;

import org.jspecify.annotations.NullMarked;
