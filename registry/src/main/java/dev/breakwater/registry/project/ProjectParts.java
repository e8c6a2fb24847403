package dev.breakwater.registry.project;

import dev.breakwater.kernel.failure.Failure;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What another feature keeps of projects besides their own settings: a quota, the registry that is mirrored, rules. All
 * is asked and told within the transaction of the change.
 */
public interface ProjectParts {

    /**
     * A project was made.
     *
     * @param asked what was asked for
     * @throws Failure when that cannot be; then there is no such project
     */
    default void created(Handle handle, Project project, NewProject asked) {}

    /** A project is deleted. */
    default void deleted(Handle handle, Project project) {}

    /** Why a project cannot be deleted, as the APIs put it; empty when nothing hinders it. */
    default Optional<String> hindrance(Handle handle, Project project) {
        return Optional.empty();
    }

    /** The numbers of the registries that some projects mirror, by project; nothing for those that mirror none. */
    default Map<Long, Long> registries(Handle handle, Collection<Long> projects) {
        return Map.of();
    }

    /** How much a project may store and how much it does, if this feature knows. */
    default Optional<Storage> storage(Handle handle, Project project) {
        return Optional.empty();
    }

    /**
     * The storage of a project in bytes.
     *
     * @param limit -1 for none
     * @param used what is stored
     */
    record Storage(long limit, long used) {}
}
