/** Projects in the 2017 API, with their members and settings (registry.md 1.6). */
@NullMarked
package dev.breakwater.registry.classic.project;

import org.jspecify.annotations.NullMarked;
