@NullMarked
package dev.breakwater.registry.collection;

import org.jspecify.annotations.NullMarked;
