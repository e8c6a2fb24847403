package dev.breakwater.registry.project;

import dev.breakwater.tenancy.UserProfile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project that is to be.
 *
 * @param name the first part of the names of its repositories
 * @param owner who owns it, and is its first administrator
 * @param isPublic whether everybody may pull from it
 * @param metadata its other settings
 * @param storageLimit how many bytes it may hold, -1 for any; null for what is usual
 * @param registryId the number of the registry that it mirrors; null for none
 */
public record NewProject(
        String name,
        UserProfile owner,
        boolean isPublic,
        Map<String, String> metadata,
        @Nullable Long storageLimit,
        @Nullable Long registryId) {

    /** An immutable copy of the settings. */
    public NewProject {
        metadata = Map.copyOf(metadata);
    }
}
