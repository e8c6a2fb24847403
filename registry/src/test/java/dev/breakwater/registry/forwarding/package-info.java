@NullMarked
package dev.breakwater.registry.forwarding;

import org.jspecify.annotations.NullMarked;
