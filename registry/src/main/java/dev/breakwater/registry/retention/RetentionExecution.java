package dev.breakwater.registry.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy carried out once (registry.md 3.7).
 *
 * @param id its number
 * @param policyId which policy
 * @param dryRun whether it only tells what would go
 * @param trigger {@code Manual} or {@code Schedule}
 * @param status {@code InProgress}, {@code Succeed}, {@code Failed} or {@code Stopped}
 * @param startedAt when it was asked for
 * @param endedAt when it ended; null while it goes on
 */
public record RetentionExecution(
        long id,
        long policyId,
        boolean dryRun,
        String trigger,
        String status,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** Somebody asked for it. */
    public static final String MANUAL = "Manual";

    static final String SCHEDULED = "Schedule";
    static final String SUCCEED = "Succeed";
    static final String FAILED = "Failed";
    static final String STOPPED = "Stopped";

    /**
     * One repository in an execution.
     *
     * @param id its number
     * @param executionId which execution
     * @param repositoryId which repository
     * @param repository its name without the project
     * @param status {@code Pending}, {@code Running}, {@code Success}, {@code Error} or {@code Stopped}
     * @param total how many artifacts it has
     * @param retained how many of them are kept
     * @param startedAt when it was asked for
     * @param endedAt when it ended; null while it goes on
     */
    public record Task(
            long id,
            long executionId,
            long repositoryId,
            String repository,
            String status,
            int total,
            int retained,
            Instant startedAt,
            @Nullable Instant endedAt) {}
}
