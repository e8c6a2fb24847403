package dev.breakwater.registry.repository;

import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where something is to be written, and on what terms.
 *
 * @param found the project, and the repository as far as there is one
 * @param terms that hold for the project
 * @param role of the one who wants to write; null for whoever is no member
 */
public record Target(
        PlaceStore.Found found, Terms terms, @Nullable ProjectRole role) {

    /** Whose rules apply. */
    public Project project() {
        return found.project();
    }

    /** The same place on terms that were asked for again. */
    public Target at(Terms now) {
        return new Target(found, now, role);
    }

    /** The repository, if there is one. */
    public Optional<Place> place() {
        return found.place();
    }

    /** The repository, made when there is none yet. */
    public Place placeOrCreate(Handle handle, Instant now) {
        return found.placeOrCreate(handle, now);
    }
}
