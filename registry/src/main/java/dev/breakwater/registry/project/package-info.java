/** Projects, their members, and who may do what in them. */
@NullMarked
package dev.breakwater.registry.project;

import org.jspecify.annotations.NullMarked;
