/** What is found and counted across all projects of the 2017 API (registry.md 1.6). */
@NullMarked
package dev.breakwater.registry.classic.search;

import org.jspecify.annotations.NullMarked;
