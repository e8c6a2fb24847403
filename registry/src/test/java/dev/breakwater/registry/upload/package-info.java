@NullMarked
package dev.breakwater.registry.upload;

import org.jspecify.annotations.NullMarked;
