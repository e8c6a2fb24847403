package dev.breakwater.registry.repository;

import java.time.Instant;

/**
 * A repository as both Harbor APIs show it (registry.md 1.4, 3.7).
 *
 * @param id its number
 * @param projectId in which project
 * @param name the whole name, the project's included
 * @param description what its owners say of it
 * @param pullCount how often a manifest was pulled from it, at most five seconds late
 * @param tagCount how many tags it has
 * @param artifactCount how many manifests it has
 * @param createdAt when something was first pushed to it
 * @param updatedAt when something was last pushed to it or pulled from it
 */
public record Repository(
        long id,
        long projectId,
        String name,
        String description,
        long pullCount,
        long tagCount,
        long artifactCount,
        Instant createdAt,
        Instant updatedAt) {}
