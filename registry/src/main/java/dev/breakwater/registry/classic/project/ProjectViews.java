package dev.breakwater.registry.classic.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.tenancy.UserName;
import dev.breakwater.tenancy.Users;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows projects with what belongs to other tables, in a fixed number of queries. */
public final class ProjectViews {

    private final Database database;
    private final Users users;

    /** Shows projects with what this database and these users add. */
    public ProjectViews(Database database, Users users) {
        this.database = database;
        this.users = users;
    }

    /** A project alone. */
    ProjectView alone(Project project) {
        return ProjectView.of(project, owner(users.names(List.of(project.ownerId())), project));
    }

    /** Projects in a list, as this caller sees them. */
    public List<ProjectView> listed(List<Project> projects, Rights rights) {
        List<Long> ids = projects.stream().map(Project::id).toList();
        Map<UUID, UserName> owners =
                users.names(projects.stream().map(Project::ownerId).distinct().toList());
        Map<Long, ProjectRole> roles = rights.caller()
                .user()
                .map(user -> database.query(handle -> MemberStore.roles(handle, user.id(), ids)))
                .orElse(Map.of());
        Map<Long, Long> repositories = database.query(handle -> RepositoryStore.countsTagged(handle, ids));
        boolean administrator = rights.caller().isAdministrator();
        return projects.stream()
                .map(project -> {
                    @Nullable ProjectRole role = roles.get(project.id());
                    return ProjectView.of(
                            project,
                            owner(owners, project),
                            administrator || role == ProjectRole.PROJECT_ADMIN,
                            role == null ? 0 : role.number(),
                            repositories.getOrDefault(project.id(), 0L));
                })
                .toList();
    }

    private static long owner(Map<UUID, UserName> owners, Project project) {
        @Nullable UserName owner = owners.get(project.ownerId());
        return owner == null ? 0 : owner.number();
    }
}
