package dev.breakwater.registry.replication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a project is copied to a target (registry.md 1.4).
 *
 * @param id its number
 * @param projectId which project
 * @param projectName the name of that
 * @param targetId where to
 * @param targetName the name of that
 * @param name what people call it
 * @param description what people noted
 * @param enabled whether what is pushed and deleted is copied
 * @param cron when it also runs by itself; empty for never
 * @param startedAt when it was last enabled; null for never
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 * @param failedJobs how many of its jobs failed, for good or for now
 */
public record Policy(
        long id,
        long projectId,
        String projectName,
        long targetId,
        String targetName,
        String name,
        String description,
        boolean enabled,
        String cron,
        @Nullable Instant startedAt,
        Instant createdAt,
        Instant updatedAt,
        long failedJobs) {}
