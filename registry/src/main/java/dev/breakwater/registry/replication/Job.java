package dev.breakwater.registry.replication;

import java.time.Instant;
import java.util.List;

/**
 * The copying of a repository, or of some of it, or the removal of tags on the other side (registry.md 1.4).
 *
 * @param id its number
 * @param policyId because of which policy
 * @param repository the whole name
 * @param operation what is to be done
 * @param tags of which tags, or digests of what has no tag; empty for all
 * @param status how far it is
 * @param attempts how often it was begun
 * @param createdAt when it became necessary
 * @param updatedAt when something last happened to it
 */
public record Job(
        long id,
        long policyId,
        String repository,
        Operation operation,
        List<String> tags,
        Status status,
        int attempts,
        Instant createdAt,
        Instant updatedAt) {

    /** What is to be done. */
    public enum Operation {
        /** To copy. */
        TRANSFER,
        /** To remove on the other side. */
        DELETE
    }

    /** How far a job is. */
    public enum Status {
        /** It waits for its turn. */
        PENDING,
        /** A node is at it. */
        RUNNING,
        /** It is done. */
        FINISHED,
        /** It failed for good. */
        ERROR,
        /** Its policy was disabled. */
        STOPPED,
        /** Nobody wants it any more. */
        CANCELED,
        /** It failed, and is tried again. */
        RETRYING
    }

    /** An immutable copy of the tags. */
    public Job {
        tags = List.copyOf(tags);
    }
}
