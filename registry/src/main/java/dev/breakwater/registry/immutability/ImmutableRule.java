package dev.breakwater.registry.immutability;

import dev.breakwater.registry.selector.Selection;

/**
 * A rule that keeps tags of a project from being moved or removed (registry.md 3.6, 3.7).
 *
 * @param id its number
 * @param projectId whose it is
 * @param priority as it was sent; all rules count alike
 * @param disabled whether it is out of force
 * @param selection which tags of which repositories
 */
public record ImmutableRule(long id, long projectId, int priority, boolean disabled, Selection selection) {}
