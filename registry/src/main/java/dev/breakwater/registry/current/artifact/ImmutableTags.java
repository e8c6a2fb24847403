package dev.breakwater.registry.current.artifact;

import dev.breakwater.registry.project.Project;
import java.util.Collection;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Tells which tags may not be moved or deleted (registry.md 3.3). */
@FunctionalInterface
public interface ImmutableTags {
    /**
     * Those of some tags that are immutable.
     *
     * @param repository the whole name
     */
    Set<String> among(Handle handle, Project project, String repository, Collection<String> tags);
}
