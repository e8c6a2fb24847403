package dev.breakwater.registry.repository;

import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Finds a project together with one of its repositories, in one query. */
public final class PlaceStore {

    private PlaceStore() {}

    /** A project, and the number of a repository in it; null while there is none. */
    public record Found(Project project, @Nullable Long repositoryId, RepositoryName name) {

        /** The repository, if there is one. */
        public Optional<Place> place() {
            return Optional.ofNullable(repositoryId).map(id -> new Place(project, id, name.toString()));
        }

        /** The repository, made when there is none yet. */
        public Place placeOrCreate(Handle handle, Instant now) {
            return place().orElseGet(() -> new Place(
                    project,
                    RepositoryStore.findOrCreate(handle, project.id(), name.toString(), now),
                    name.toString()));
        }
    }

    /** The project of a repository, and the repository as far as there is one; empty without the project. */
    public static Optional<Found> find(Handle handle, RepositoryName name) {
        return handle.createQuery("SELECT " + ProjectStore.COLUMNS + ", r.id AS repository_id"
                        + " FROM registry.project p LEFT JOIN registry.repository r"
                        + " ON r.project_id = p.id AND r.name = :repository"
                        + " WHERE p.name = :project AND p.deleted_at IS NULL")
                .bind("project", name.project())
                .bind("repository", name.toString())
                .map((row, context) -> found(row, context, name))
                .findOne();
    }

    private static Found found(ResultSet row, StatementContext context, RepositoryName name) throws SQLException {
        return new Found(ProjectStore.project(row, context), row.getObject("repository_id", Long.class), name);
    }
}
