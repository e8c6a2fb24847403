/** How much storage projects use: each content once in a project, however often it is named there. */
@NullMarked
package dev.breakwater.registry.usage;

import org.jspecify.annotations.NullMarked;
