@NullMarked
package dev.breakwater.registry.proxy;

import org.jspecify.annotations.NullMarked;
