@NullMarked
package dev.breakwater.registry.manifest;

import org.jspecify.annotations.NullMarked;
