package dev.breakwater.registry.project;

import java.util.UUID;

/**
 * A user's place in a project.
 *
 * @param id its number
 * @param projectId in which project
 * @param userId which user
 * @param role what the user may do there
 */
public record Member(long id, long projectId, UUID userId, ProjectRole role) {}
