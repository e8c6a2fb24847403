package dev.breakwater.registry.current.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectListStore;
import dev.breakwater.registry.project.ProjectParts;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.scanning.Allowlist;
import dev.breakwater.registry.scanning.AllowlistStore;
import dev.breakwater.tenancy.UserName;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Projects as they are shown (registry.md 3.6), with what is known about them elsewhere. */
public final class ProjectViews {

    private final Users users;
    private final List<ProjectParts> parts;

    /** Shows projects with their owners and with what these parts add. */
    public ProjectViews(Users users, List<ProjectParts> parts) {
        this.users = users;
        this.parts = List.copyOf(parts);
    }

    /** What is shown of some projects, gathered in a few queries. */
    private record Facts(
            Map<Long, Long> repositories,
            Map<Long, ProjectRole> roles,
            Map<Long, Allowlist> allowlists,
            Map<Long, Long> registries) {}

    /** Some projects as a caller sees them; must not be within a query of its own, as it makes several. */
    public List<JsonNode> of(Database database, List<Project> projects, Rights rights) {
        Facts facts = database.query(handle -> facts(handle, projects, rights));
        Map<UUID, UserName> owners =
                users.names(projects.stream().map(Project::ownerId).collect(Collectors.toSet()));
        return Shape.each(projects, project -> shape(project, facts, owners.get(project.ownerId())));
    }

    private Facts facts(Handle handle, List<Project> projects, Rights rights) {
        List<Long> ids = projects.stream().map(Project::id).toList();
        Map<Long, Long> registries = new HashMap<>();
        parts.forEach(part -> registries.putAll(part.registries(handle, ids)));
        return new Facts(
                ProjectListStore.repositoryCounts(handle, ids),
                rights.caller()
                        .user()
                        .map(UserProfile::id)
                        .map(user -> MemberStore.roles(handle, user, ids))
                        .orElse(Map.of()),
                AllowlistStore.findAll(handle, ids),
                registries);
    }

    private static JsonNode shape(Project project, Facts facts, @Nullable UserName owner) {
        long id = project.id();
        @Nullable ProjectRole role = facts.roles().get(id);
        Shape shape = new Shape()
                .number("project_id", id)
                .text("name", project.name())
                .number("repo_count", facts.repositories().getOrDefault(id, 0L).longValue())
                .number("registry_id", facts.registries().get(id))
                .number("current_user_role_id", role == null ? 0L : role.number())
                .list(
                        "current_user_role_ids",
                        role == null ? List.of() : List.of(JsonNodeFactory.instance.numberNode(role.number())))
                .texts("metadata", ProjectSettings.of(project))
                .node("cve_allowlist", Allowlists.shape(facts.allowlists().getOrDefault(id, Allowlist.empty(id))))
                .time("creation_time", project.createdAt())
                .time("update_time", project.updatedAt());
        if (owner != null) {
            shape.number("owner_id", owner.number()).text("owner_name", owner.username());
        }
        return shape.build();
    }
}
