package dev.breakwater.registry.classic.gate;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * What most calls begin with: finding the project, and asking whether the caller may. Here existence comes before
 * permission (registry.md 1.6, decision D6).
 */
public final class Checks {

    /** Who may remove tags and repositories. */
    public static final Permission REMOVE = new Permission(Resource.REPOSITORY, Action.DELETE);
    /** Who may have images scanned. */
    public static final Permission SCAN = new Permission(Resource.SCAN, Action.CREATE);

    private Checks() {}

    /** The project number of a path; 400 for 0 and for what takes more than 64 bits. */
    public static long projectId(Call call) {
        OptionalLong id = Numbers.ofPath(call, "project_id");
        if (id.isEmpty() || id.getAsLong() == 0) {
            throw Refusal.invalid("invalid project ID: " + call.pathParameter("project_id"));
        }
        return id.getAsLong();
    }

    /** The project with this number; 404 when there is none. */
    static Project project(Handle handle, long id) {
        return ProjectStore.find(handle, id).orElseThrow(() -> Refusal.notFound("project " + id + " not found"));
    }

    /** The project of the repository with this whole name; 404 when there is none. */
    public static Project projectOf(Handle handle, String repository) {
        int slash = repository.indexOf('/');
        String name = slash < 0 ? repository : repository.substring(0, slash);
        return ProjectStore.find(handle, name).orElseThrow(() -> Refusal.notFound("project " + name + " not found"));
    }

    /** 401 for nobody, 403 for who is known and does not have the level. */
    public static void require(Handle handle, Rights rights, Project project, Level level) {
        require(handle, rights, project, level.permission());
    }

    /** 401 for nobody, 403 for who is known and does not have the permission. */
    public static void require(Handle handle, Rights rights, Project project, Permission permission) {
        if (!rights.allows(handle, project, permission)) {
            requireKnown(rights);
            throw Refusal.notPermitted();
        }
    }

    /** The project with this number, for who has the level. */
    public static Project require(Handle handle, Rights rights, long project, Level level) {
        Project found = project(handle, project);
        require(handle, rights, found, level);
        return found;
    }

    /** 401 for nobody. */
    public static void requireKnown(Rights rights) {
        if (!rights.caller().isKnown()) {
            throw Refusal.unknownCaller();
        }
    }

    /** 401 for nobody, 403 for who is no administrator. */
    public static void requireAdministrator(Rights rights) {
        requireAdministrator(rights, "");
    }

    /** The same, with a text for the 403. */
    public static void requireAdministrator(Rights rights, String text) {
        requireKnown(rights);
        if (!rights.caller().isAdministrator()) {
            throw Refusal.forbidden(text);
        }
    }
}
