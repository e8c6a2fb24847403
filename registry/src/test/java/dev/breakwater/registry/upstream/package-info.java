@NullMarked
package dev.breakwater.registry.upstream;

import org.jspecify.annotations.NullMarked;
