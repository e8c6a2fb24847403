package dev.breakwater.registry.project;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.tenancy.Audit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Makes, changes and deletes projects, for both Harbor APIs alike. Whether the caller may, and whether names and
 * settings are sound, is decided before. Each change is part of the caller's transaction and leaves its entry in the
 * audit trail.
 */
public final class Projects {

    private final Audit audit;
    private final TimeSource time;
    private final UUID organization;
    private final List<ProjectParts> parts;

    /**
     * Tells the other features.
     *
     * @param organization to which new projects belong
     */
    public Projects(Audit audit, TimeSource time, UUID organization, List<ProjectParts> parts) {
        this.audit = audit;
        this.time = time;
        this.organization = organization;
        this.parts = List.copyOf(parts);
    }

    /** The same as {@link #create(Handle, Call, UUID, NewProject, String)}, in the organization that is usual. */
    public OptionalLong create(Handle handle, Call call, NewProject asked, String username) {
        return create(handle, call, organization, asked, username);
    }

    /** Makes a project with its owner as its first administrator, and gives its number; empty when the name is taken. */
    public OptionalLong create(Handle handle, Call call, UUID organization, NewProject asked, String username) {
        Instant now = time.instant();
        OptionalLong id = ProjectStore.insert(
                handle, organization, asked.name(), asked.owner().id(), asked.isPublic(), asked.metadata(), now);
        if (id.isEmpty()) {
            return id;
        }
        long number = id.getAsLong();
        MemberStore.insert(handle, number, asked.owner().id(), ProjectRole.PROJECT_ADMIN, now);
        Project project = ProjectStore.find(handle, number).orElseThrow();
        parts.forEach(part -> part.created(handle, project, asked));
        ActivityStore.insert(handle, Activity.ofProject(now, username, number, "create", asked.name()));
        audit.record(handle, call, organization, "registry.project.created", Long.toString(number));
        return id;
    }

    /**
     * Sets and removes some settings and leaves the others; {@code public} is one of them, and a project where it is
     * removed is private.
     */
    public void change(Handle handle, Call call, Project project, Map<String, String> set, Set<String> removed) {
        Project current = ProjectStore.lock(handle, project.id()).orElse(project);
        Map<String, String> metadata = new LinkedHashMap<>(current.metadata());
        metadata.put(Project.PUBLIC, Boolean.toString(current.isPublic()));
        metadata.putAll(set);
        metadata.keySet().removeAll(removed);
        boolean isPublic = "true".equals(metadata.remove(Project.PUBLIC));
        ProjectStore.update(handle, project.id(), isPublic, metadata, time.instant());
        audit.record(handle, call, project.organizationId(), "registry.project.updated", Long.toString(project.id()));
    }

    /** Why a project cannot be deleted; empty when nothing hinders it. */
    public Optional<String> hindrance(Handle handle, Project project) {
        return parts.stream()
                .flatMap(part -> part.hindrance(handle, project).stream())
                .findFirst();
    }

    /** Deletes a project that nothing hinders to be deleted. */
    public void delete(Handle handle, Call call, Project project, String username) {
        Instant now = time.instant();
        parts.forEach(part -> part.deleted(handle, project));
        ProjectStore.delete(handle, project.id(), now);
        ActivityStore.insert(handle, Activity.ofProject(now, username, project.id(), "delete", project.name()));
        audit.record(handle, call, project.organizationId(), "registry.project.deleted", Long.toString(project.id()));
    }

    /** What the other features keep. */
    public List<ProjectParts> parts() {
        return parts;
    }
}
