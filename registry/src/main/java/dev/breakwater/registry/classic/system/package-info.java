/** The installation in the 2017 API: facts and configuration (registry.md 1.6). */
@NullMarked
package dev.breakwater.registry.classic.system;

import org.jspecify.annotations.NullMarked;
