package dev.breakwater.registry.robot;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Grant;
import dev.breakwater.registry.access.Matrix;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Robot;
import java.util.List;
import java.util.Optional;
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

    private static final long LONGEST_DURATION = 36_500;
    private static final int MOST_PERMISSIONS = 1_000;
    private static final int MOST_ACCESS = 200;
    private static final int LONGEST_DESCRIPTION = 1_024;

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

        private boolean isInOneProject() {
            return kind.equals("project") && !namespace.equals(Grant.ANY);
        }

        private void check() {
            List<Permission> grantable = switch (kind) {
                case "system" -> Matrix.grantableInSystem();
                case "project" -> Matrix.grantableInProject();
                default -> throw new Failure.Invalid("bad request permission kind: " + kind);
            };
            if (kind.equals("system") && !namespace.equals(Grant.SYSTEM)) {
                throw new Failure.Invalid("bad request permission namespace: " + namespace);
            }
            for (RobotPermission.Access each : access) {
                Optional<Permission> permission = Resource.named(each.resource())
                        .flatMap(resource ->
                                Action.named(each.action()).map(action -> new Permission(resource, action)));
                if (permission.isEmpty() || !grantable.contains(permission.get())) {
                    throw new Failure.Invalid(
                            "bad request permission: %s:%s".formatted(each.resource(), each.action()));
                }
                if (!each.effect().isEmpty() && !each.effect().equals(RobotPermission.ALLOW)) {
                    throw new Failure.Invalid("bad request permission effect: " + each.effect());
                }
            }
        }
    }

    /**
     * Tells of which level the robot is to be.
     *
     * @throws Failure.Invalid when the draft makes no sense
     */
    Robot.Level check() {
        Robot.Level of = parsedLevel();
        if (duration < RobotAccount.FOR_EVER || duration > LONGEST_DURATION) {
            throw new Failure.Invalid("bad request error duration input: " + duration);
        }
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new Failure.Invalid("the description is longer than %d characters".formatted(LONGEST_DESCRIPTION));
        }
        if (permissions.isEmpty()
                || permissions.stream().anyMatch(each -> each.access().isEmpty())) {
            throw new Failure.Invalid("bad request empty permission");
        }
        if (permissions.size() > MOST_PERMISSIONS
                || permissions.stream().anyMatch(each -> each.access().size() > MOST_ACCESS)) {
            throw new Failure.Invalid("bad request too many permissions");
        }
        if (of == Robot.Level.PROJECT
                && (permissions.size() > 1 || !permissions.getFirst().isInOneProject())) {
            throw new Failure.Invalid("bad request permission: a project's robot has permissions in that project only");
        }
        permissions.forEach(Place::check);
        return of;
    }

    private Robot.Level parsedLevel() {
        return switch (level) {
            case "system" -> Robot.Level.SYSTEM;
            case "project" -> Robot.Level.PROJECT;
            default -> throw new Failure.Invalid("bad request error level input: " + level);
        };
    }

    @Override
    public String toString() {
        return "RobotDraft[" + name + "]";
    }
}
