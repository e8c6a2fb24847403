package dev.breakwater.registry.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the registry, as the logs of both Harbor APIs show it (registry.md 1.4, 3.3).
 *
 * @param at when
 * @param username who did it, {@code anonymous} for nobody in particular
 * @param projectId in which project; null for what concerns none
 * @param operation {@code create}, {@code delete}, {@code update}, {@code push}, {@code pull}, {@code login}, …
 * @param resourceType {@code project}, {@code artifact}, {@code tag}, {@code repository}, {@code user}, …
 * @param resource as v2.0 names it, for example {@code demo/app:v1}
 * @param repository as the 2017 API names it: the whole repository name, or the project with a slash
 * @param tag as the 2017 API names it: a tag or digest, or {@code N/A}
 * @param succeeded whether it was done
 * @param description one sentence for people; may be empty
 */
public record Activity(
        Instant at,
        String username,
        @Nullable Long projectId,
        String operation,
        String resourceType,
        String resource,
        String repository,
        String tag,
        boolean succeeded,
        String description) {

    private static final String NO_TAG = "N/A";

    /** A project was made or deleted. */
    public static Activity ofProject(Instant at, String username, long projectId, String operation, String name) {
        return new Activity(
                at,
                username,
                projectId,
                operation,
                "project",
                name,
                name + "/",
                NO_TAG,
                true,
                operation + " project: " + name);
    }

    /** A manifest was pushed, pulled or deleted, by a tag or by its digest. */
    public static Activity ofArtifact(
            Instant at, String username, long projectId, String operation, String repository, String reference) {
        String resource = repository + (reference.indexOf(':') < 0 ? ":" : "@") + reference;
        return new Activity(
                at,
                username,
                projectId,
                operation,
                "artifact",
                resource,
                repository,
                reference,
                true,
                operation + " artifact: " + resource);
    }

    /** A tag was made or removed, while what it points to stays. */
    public static Activity ofTag(
            Instant at, String username, long projectId, String operation, String repository, String tag) {
        String resource = repository + ":" + tag;
        return new Activity(
                at,
                username,
                projectId,
                operation,
                "tag",
                resource,
                repository,
                tag,
                true,
                operation + " tag: " + resource);
    }

    /** Anything else that was done to a resource that both APIs need not name alike. */
    public static Activity of(
            Instant at,
            String username,
            @Nullable Long projectId,
            String operation,
            String resourceType,
            String resource) {
        return new Activity(
                at,
                username,
                projectId,
                operation,
                resourceType,
                resource,
                resource,
                NO_TAG,
                true,
                operation + " " + resourceType + ": " + resource);
    }

    /** Something that somebody tried in vain, and that concerns no project. */
    public static Activity failed(Instant at, String username, String operation, String resourceType, String resource) {
        return new Activity(
                at,
                username,
                null,
                operation,
                resourceType,
                resource,
                resource,
                NO_TAG,
                false,
                operation + " " + resourceType + ": " + resource);
    }
}
