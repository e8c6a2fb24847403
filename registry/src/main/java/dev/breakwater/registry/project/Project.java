package dev.breakwater.registry.project;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A project of the registry: a namespace of repositories with members and settings (registry.md 1.4, 3.3). Both Harbor
 * APIs show the same project.
 *
 * @param id its number, never used again
 * @param organizationId whose it is
 * @param name the first part of the names of its repositories
 * @param ownerId who made it
 * @param isPublic whether everybody may pull from it
 * @param metadata its other settings, strings by key, only those that were set; never {@code public}
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Project(
        long id,
        UUID organizationId,
        String name,
        UUID ownerId,
        boolean isPublic,
        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt) {

    /** The setting that tells whether a project is public, where settings are strings by key. */
    public static final String PUBLIC = "public";

    /** An immutable copy of the settings. */
    public Project {
        metadata = Map.copyOf(metadata);
    }

    /** A setting, if it was set. */
    public Optional<String> setting(String key) {
        return Optional.ofNullable(metadata.get(key));
    }

    /** A setting that is on or off, off when it was not set. */
    public boolean isOn(String key) {
        return "true".equals(metadata.get(key));
    }
}
