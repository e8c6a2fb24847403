package dev.breakwater.registry;

/**
 * What the registry offers to pages.
 *
 * @param projects of organizations
 * @param repositories of projects
 * @param artifacts of repositories
 * @param deletions that can be undone
 */
public record Registers(
        ProjectRegister projects, RepositoryRegister repositories, ArtifactRegister artifacts, DeletionLog deletions) {}
