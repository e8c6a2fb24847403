/** Copies of projects in other registries: where to, by which policies, and the jobs that do it. */
@NullMarked
package dev.breakwater.registry.replication;

import org.jspecify.annotations.NullMarked;
