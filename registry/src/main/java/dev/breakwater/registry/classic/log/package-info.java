/** The access log of the 2017 API (registry.md 1.6). */
@NullMarked
package dev.breakwater.registry.classic.log;

import org.jspecify.annotations.NullMarked;
