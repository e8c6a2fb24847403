@NullMarked
package dev.breakwater.registry.robot;

import org.jspecify.annotations.NullMarked;
