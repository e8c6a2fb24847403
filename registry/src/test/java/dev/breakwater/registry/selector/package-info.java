@NullMarked
package dev.breakwater.registry.selector;

import org.jspecify.annotations.NullMarked;
