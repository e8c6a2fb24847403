package dev.breakwater.registry.label;

import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectParts;
import org.jdbi.v3.core.Handle;

/** The labels of projects, which go with them. */
public final class ProjectLabels implements ProjectParts {

    @Override
    public void deleted(Handle handle, Project project) {
        LabelStore.deleteOfProject(handle, project.id());
    }
}
