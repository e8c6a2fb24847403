package dev.breakwater.registry.access;

import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.project.ProjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What one caller may do, for the length of one request: the role in a project is looked up once. Administrators may do
 * everything, everybody may read public projects, members what their role allows, robots what they were granted
 * (registry.md 1.2, 3.2).
 */
public final class Rights {

    private final Caller caller;
    private final Map<Long, Optional<ProjectRole>> roles = new HashMap<>();

    /** The rights of a caller. */
    public Rights(Caller caller) {
        this.caller = caller;
    }

    /** Whose they are. */
    public Caller caller() {
        return caller;
    }

    /** Whether the caller, whose role in a project is known already, may do this there. */
    public boolean allows(Project project, Optional<ProjectRole> role, Permission permission) {
        return allows(project, permission, () -> role);
    }

    /** Whether the caller may do this in a project. */
    public boolean allows(Handle handle, Project project, Resource resource, Action action) {
        return allows(handle, project, new Permission(resource, action));
    }

    /** Whether the caller has this level of the 2017 API in a project. */
    public boolean allows(Handle handle, Project project, Level level) {
        return allows(handle, project, level.permission());
    }

    /** Whether the caller may do this in a project. */
    public boolean allows(Handle handle, Project project, Permission permission) {
        return allows(project, permission, () -> role(handle, project.id()));
    }

    private boolean allows(Project project, Permission permission, Supplier<Optional<ProjectRole>> role) {
        if (project.isPublic() && Matrix.allowsEverybody(permission)) {
            return true;
        }
        return switch (caller) {
            case Caller.Anonymous nobody -> false;
            case Caller.Machine machine ->
                machine.robot().grants().stream().anyMatch(grant -> grant.allows(project.name(), permission));
            case Caller.Person person ->
                person.profile().administrator()
                        || role.get()
                                .filter(known -> Matrix.allows(known, permission))
                                .isPresent();
        };
    }

    /** Whether the caller may do this in the system as a whole. */
    public boolean allowsInSystem(Resource resource, Action action) {
        Permission permission = new Permission(resource, action);
        return switch (caller) {
            case Caller.Anonymous nobody -> false;
            case Caller.Machine machine ->
                machine.robot().grants().stream().anyMatch(grant -> grant.allowsInSystem(permission));
            case Caller.Person person -> person.profile().administrator();
        };
    }

    /** All that the caller may do in a project. */
    public List<Permission> inProject(Handle handle, Project project) {
        return Matrix.inProject().stream()
                .filter(permission -> allows(handle, project, permission))
                .toList();
    }

    /** All that the caller may do in the system as a whole. */
    public List<Permission> inSystem() {
        return Matrix.inSystem().stream()
                .filter(permission -> allowsInSystem(permission.resource(), permission.action()))
                .toList();
    }

    /** The role of the caller in a project; none for those who are no member, administrators included. */
    public Optional<ProjectRole> role(Handle handle, long project) {
        return caller.user()
                .flatMap(user -> roles.computeIfAbsent(project, number -> MemberStore.role(handle, number, user.id())));
    }

    /** Which projects the caller sees in lists. */
    public ProjectStore.Sight sight() {
        return switch (caller) {
            case Caller.Anonymous nobody -> new ProjectStore.Sight(false, null);
            case Caller.Person person ->
                new ProjectStore.Sight(
                        person.profile().administrator(), person.profile().id());
            case Caller.Machine machine -> sight(machine.robot());
        };
    }

    private static ProjectStore.Sight sight(Robot robot) {
        Set<String> projects = robot.grants().stream()
                .filter(grant -> grant.kind() == Grant.Kind.PROJECT)
                .map(Grant::namespace)
                .collect(Collectors.toSet());
        return new ProjectStore.Sight(projects.contains(Grant.ANY), null, projects);
    }
}
