package dev.breakwater.registry.retention;

import java.util.List;

/**
 * What an execution decided about an artifact, or would have.
 *
 * @param task in which task
 * @param position within the task, from 0
 * @param repository the name of the repository without the project
 * @param digest of the manifest
 * @param tags on it, by name; may be empty
 * @param kept whether it stays
 * @param reason why, in words
 */
public record RetentionDecision(
        long task, int position, String repository, String digest, List<String> tags, boolean kept, String reason) {

    /** An immutable copy of the tags. */
    public RetentionDecision {
        tags = List.copyOf(tags);
    }
}
