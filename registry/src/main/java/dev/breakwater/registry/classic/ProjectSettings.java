package dev.breakwater.registry.classic;

import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Changes single settings of a project while others may change the rest. */
final class ProjectSettings {

    private ProjectSettings() {}

    /** Sets these and leaves the others. */
    static void change(Handle handle, Project project, Map<String, String> set, Instant now) {
        Project current = ProjectStore.lock(handle, project.id()).orElse(project);
        Map<String, String> metadata = new LinkedHashMap<>(current.metadata());
        metadata.putAll(set);
        String visible = metadata.remove(Metadata.PUBLIC);
        boolean isPublic = visible == null ? current.isPublic() : Boolean.parseBoolean(visible);
        ProjectStore.update(handle, project.id(), isPublic, metadata, now);
    }

    /** Takes one back; a project is private unless something says otherwise. */
    static void remove(Handle handle, Project project, String key, Instant now) {
        Project current = ProjectStore.lock(handle, project.id()).orElse(project);
        Map<String, String> metadata = new LinkedHashMap<>(current.metadata());
        metadata.remove(key);
        ProjectStore.update(handle, project.id(), current.isPublic() && !key.equals(Metadata.PUBLIC), metadata, now);
    }
}
