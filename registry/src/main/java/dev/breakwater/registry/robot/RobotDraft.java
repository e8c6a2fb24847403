package dev.breakwater.registry.robot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A robot as somebody wants it, not looked at yet (registry.md 3.7).
 *
 * @param name as it is to be given; the full name for a change
 * @param level {@code system} or {@code project}
 * @param description what people noted
 * @param duration in days, -1 for ever, 0 for what is configured
 * @param disabled whether it may not call
 * @param permissions what it is to be granted
 * @param secret its secret; null or empty for one that is made up
 */
public record RobotDraft(
        String name,
        String level,
        String description,
        long duration,
        boolean disabled,
        List<Place> permissions,
        @Nullable String secret) {

    /** An immutable copy. */
    public RobotDraft {
        permissions = List.copyOf(permissions);
    }

    /**
     * What is to be granted in one place.
     *
     * @param kind {@code system} or {@code project}
     * @param namespace {@code /}, the name of a project, or {@code *}
     * @param access what
     */
    public record Place(String kind, String namespace, List<RobotPermission.Access> access) {

        /** An immutable copy. */
        public Place {
            access = List.copyOf(access);
        }
    }

    @Override
    public String toString() {
        return "RobotDraft[" + name + "]";
    }
}
