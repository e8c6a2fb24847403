package dev.breakwater.registry.robot;

import dev.breakwater.registry.access.Robot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A robot account without its secret (registry.md 3.3, 3.7).
 *
 * @param id its number
 * @param projectId whose it is; null for one of the system
 * @param name its full name, for example {@code robot$demo+ci}
 * @param description what people noted
 * @param duration how long it lives, in days; {@link #FOR_EVER} for ever
 * @param expiresAt when it ends; null for never
 * @param disabled whether it may not call
 * @param permissions what it was granted
 * @param creatorType {@code local} when a user made it, {@code robot} when a robot did
 * @param creatorRef the number of that user or robot
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 * @param lastUsedAt about when it last called, at most a minute late; null for never
 */
public record RobotAccount(
        long id,
        @Nullable Long projectId,
        String name,
        String description,
        long duration,
        @Nullable Instant expiresAt,
        boolean disabled,
        List<RobotPermission> permissions,
        String creatorType,
        long creatorRef,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt) {

    /** The duration of those that never expire. */
    public static final long FOR_EVER = -1;

    /** An immutable copy of the permissions. */
    public RobotAccount {
        permissions = List.copyOf(permissions);
    }

    /** Whose it is. */
    public Robot.Level level() {
        return projectId == null ? Robot.Level.SYSTEM : Robot.Level.PROJECT;
    }

    /** Whether it is a robot of this project, or of the system when that is null. */
    public boolean isOf(@Nullable Long project) {
        return Objects.equals(projectId, project);
    }

    /** Whether it may call at this time. */
    boolean isUsable(Instant now) {
        return !disabled && (expiresAt == null || now.isBefore(expiresAt));
    }

    /** The robot as the caller of a request. */
    Robot caller() {
        return new Robot(
                id,
                name,
                level(),
                permissions.stream().flatMap(RobotPermission::grants).toList());
    }
}
