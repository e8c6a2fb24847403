package dev.breakwater.registry.repository;

import dev.breakwater.registry.project.Project;

/**
 * A repository in its project, for those who read or change what is in it.
 *
 * @param project whose rules apply
 * @param repositoryId its number
 * @param name its whole name
 */
public record Place(Project project, long repositoryId, String name) {}
