/** Replication in the 2017 API: targets, policies and jobs (registry.md 1.6). */
@NullMarked
package dev.breakwater.registry.classic.replication;

import org.jspecify.annotations.NullMarked;
