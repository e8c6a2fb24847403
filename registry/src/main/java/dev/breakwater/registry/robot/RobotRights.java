package dev.breakwater.registry.robot;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Grant;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.access.Robot;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with robots, and grant them what (registry.md 3.3, 3.7). A refusal is {@link Failure.Forbidden}, or
 * {@link Failure.Unauthenticated} for a caller that is not known.
 */
final class RobotRights {

    private RobotRights() {}

    /** What a new robot is to be granted, once the caller may make it and grant it that much. */
    static List<RobotPermission> granted(Handle handle, Rights rights, RobotDraft draft, Robot.Level level) {
        List<RobotPermission> permissions = permissions(handle, rights, draft);
        require(handle, rights, place(handle, permissions, level), Action.CREATE);
        requireOwn(rights, permissions);
        return permissions;
    }

    /** A robot that was looked for by its number, once the caller may do this with it. */
    static RobotAccount required(Handle handle, Rights rights, long id, Optional<RobotAccount> robot, Action action) {
        if (robot.isEmpty()) {
            require(handle, rights, null, action);
            throw new Failure.NotFound("robot %d not found".formatted(id));
        }
        @Nullable Long project = robot.get().projectId();
        require(handle, rights, project == null ? null : project(handle, rights, project), action);
        return robot.get();
    }

    /** A project whose robots are meant. */
    static Project project(Handle handle, Rights rights, long id) {
        return ProjectStore.find(handle, id).orElseThrow(() -> absent(rights, "project %d not found".formatted(id)));
    }

    /** Whoever may not see everything is not told that there is nothing. */
    private static Failure absent(Rights rights, String message) {
        if (rights.caller().isAdministrator()) {
            return new Failure.NotFound(message);
        }
        return refusal(rights);
    }

    static Failure refusal(Rights rights) {
        return rights.caller().isKnown()
                ? new Failure.Forbidden("forbidden")
                : new Failure.Unauthenticated("unauthorized");
    }

    /** Makes sure that the caller may do this with the robots of a project, or with those of the system. */
    static void require(Handle handle, Rights rights, @Nullable Project project, Action action) {
        boolean allowed = project == null
                ? rights.allowsInSystem(Resource.ROBOT, action)
                : rights.allows(handle, project, Resource.ROBOT, action);
        if (!allowed) {
            throw refusal(rights);
        }
    }

    /** A robot never hands on more than it was granted itself. */
    static void requireOwn(Rights rights, List<RobotPermission> permissions) {
        if (rights.caller() instanceof Caller.Machine(Robot robot)) {
            boolean own = permissions.stream()
                    .flatMap(RobotPermission::grants)
                    .allMatch(wanted -> robot.grants().stream().anyMatch(granted -> granted.includes(wanted)));
            if (!own) {
                throw new Failure.Forbidden("DENIED", "a robot can only grant what it was granted itself");
            }
        }
    }

    /** What a draft wants to be granted, with the projects that it names. */
    static List<RobotPermission> permissions(Handle handle, Rights rights, RobotDraft draft) {
        List<RobotPermission> permissions = new ArrayList<>();
        for (RobotDraft.Place place : draft.permissions()) {
            boolean inSystem = place.kind().equals("system");
            @Nullable
            Long project = inSystem || place.namespace().equals(Grant.ANY)
                    ? null
                    : ProjectStore.find(handle, place.namespace())
                            .orElseThrow(() -> absent(rights, "project %s not found".formatted(place.namespace())))
                            .id();
            permissions.add(new RobotPermission(
                    inSystem ? Grant.Kind.SYSTEM : Grant.Kind.PROJECT, place.namespace(), project, place.access()));
        }
        return permissions;
    }

    /** Whose robot it is to be; null for the system. */
    static @Nullable Project place(Handle handle, List<RobotPermission> permissions, Robot.Level level) {
        @Nullable Long project = permissions.getFirst().projectId();
        return level == Robot.Level.SYSTEM || project == null
                ? null
                : ProjectStore.find(handle, project).orElseThrow();
    }
}
