package dev.breakwater.registry.replication;

import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectParts;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Projects that are copied elsewhere are not deleted while the policy says so. */
public final class ReplicatedProjects implements ProjectParts {

    @Override
    public Optional<String> hindrance(Handle handle, Project project) {
        return PolicyStore.countOfProject(handle, project.id()) > 0
                ? Optional.of("the project contains replication rules, can not be deleted")
                : Optional.empty();
    }
}
