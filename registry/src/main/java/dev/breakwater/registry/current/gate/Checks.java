package dev.breakwater.registry.current.gate;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What most calls begin with: finding the project and asking whether the caller may. Here permission comes before
 * existence: who may not see a project is not told whether there is one (registry.md 3.1).
 */
public final class Checks {

    private static final String IS_NAME = "X-Is-Resource-Name";

    private Checks() {}

    /** The project that the path names by name or number, for who has the permission. */
    public static Project project(Handle handle, Call call, Rights rights, Resource resource, Action action) {
        String reference = call.pathParameter("project_name_or_id");
        boolean isNumber = !Numbers.header(call, IS_NAME) && isNumber(reference);
        Optional<Project> project = isNumber
                ? number(reference).flatMap(id -> ProjectStore.find(handle, id))
                : ProjectStore.find(handle, reference);
        return require(handle, rights, project, reference, new Permission(resource, action));
    }

    /** The project that the path names by name, for who has the permission. */
    public static Project namedProject(Handle handle, Call call, Rights rights, Resource resource, Action action) {
        String name = call.pathParameter("project_name");
        return require(handle, rights, ProjectStore.find(handle, name), name, new Permission(resource, action));
    }

    /** The project with this number, for who has the permission. */
    public static Project project(Handle handle, long id, Rights rights, Resource resource, Action action) {
        return require(
                handle, rights, ProjectStore.find(handle, id), Long.toString(id), new Permission(resource, action));
    }

    private static Project require(
            Handle handle, Rights rights, Optional<Project> project, String reference, Permission permission) {
        if (project.isEmpty()) {
            if (rights.sight().everything()) {
                throw new Failure.NotFound("project " + reference + " not found");
            }
            throw refused(rights);
        }
        if (!rights.allows(handle, project.get(), permission)) {
            throw refused(rights);
        }
        return project.get();
    }

    /** Refuses who has not the permission in the system as a whole. */
    public static void system(Rights rights, Resource resource, Action action) {
        if (!rights.allowsInSystem(resource, action)) {
            throw refused(rights);
        }
    }

    /** Refuses all but administrators. */
    public static void administrator(Rights rights) {
        if (!rights.caller().isAdministrator()) {
            throw refused(rights);
        }
    }

    /** Refuses nobody in particular. */
    public static void known(Rights rights) {
        if (!rights.caller().isKnown()) {
            throw unauthorized();
        }
    }

    /** 401 for nobody in particular, 403 for everybody else. */
    public static Failure refused(Rights rights) {
        return rights.caller().isKnown() ? new Failure.Forbidden("forbidden") : unauthorized();
    }

    /** 401. */
    public static Failure unauthorized() {
        return new Failure.Unauthenticated("unauthorized");
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Long> number(String digits) {
        try {
            return Optional.of(Long.valueOf(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
