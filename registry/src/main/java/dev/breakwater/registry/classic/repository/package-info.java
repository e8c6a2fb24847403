/** Repositories in the 2017 API, with their tags, signatures and scans (registry.md 1.6). */
@NullMarked
package dev.breakwater.registry.classic.repository;

import org.jspecify.annotations.NullMarked;
