package dev.breakwater.registry.repository;

import dev.breakwater.kernel.db.ArraySql;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.project.ProjectStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds a project together with one of its repositories, in one query. Plain JDBC: every push comes by here. */
public final class PlaceStore {

    private static final String FIND = "SELECT " + ProjectStore.COLUMNS + ", r.id AS repository_id"
            + " FROM registry.project p LEFT JOIN registry.repository r ON r.project_id = p.id AND r.name = ?"
            + " WHERE p.name = ? AND p.deleted_at IS NULL";

    private static final String TARGETS = "SELECT w.number, " + ProjectStore.COLUMNS
            + ", r.id AS repository_id, m.role, t.read_only, t.storage_limit, t.mirrors, t.immutable_tags, t.replicates"
            + " FROM unnest(?, ?, ?) WITH ORDINALITY AS w (project, repository, member, number)"
            + " JOIN registry.project p ON p.name = w.project AND p.deleted_at IS NULL"
            + " LEFT JOIN registry.repository r ON r.project_id = p.id AND r.name = w.repository"
            + " LEFT JOIN registry.member m ON m.project_id = p.id AND m.user_id = w.member"
            + " CROSS JOIN LATERAL registry.terms(p.id) t";

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
    public static Optional<Found> find(Handle handle, RepositoryName name) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(FIND)) {
            statement.setString(1, name.toString());
            statement.setString(2, name.project());
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(found(row, name)) : Optional.empty();
        }
    }

    /**
     * The same for somebody who wants to write.
     *
     * @param user whose role counts; null for nobody's
     */
    public static Optional<Target> target(Handle handle, RepositoryName name, @Nullable UUID user) throws SQLException {
        return targets(handle.getConnection(), List.of(new Targets.Wanted(name, user)))
                .getFirst();
    }

    /** The same for many. */
    static List<Optional<Target>> targets(Connection connection, List<Targets.Wanted> wanted) throws SQLException {
        List<Optional<Target>> targets = new ArrayList<>(Collections.nCopies(wanted.size(), Optional.empty()));
        try (PreparedStatement statement = connection.prepareStatement(TARGETS)) {
            statement.setArray(
                    1,
                    ArraySql.column(
                            connection, "text", wanted, each -> each.name().project()));
            statement.setArray(
                    2,
                    ArraySql.column(
                            connection, "text", wanted, each -> each.name().toString()));
            statement.setArray(3, ArraySql.column(connection, "uuid", wanted, Targets.Wanted::user));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                int index = row.getInt("number") - 1;
                targets.set(index, Optional.of(target(row, wanted.get(index).name())));
            }
        }
        return targets;
    }

    /** The terms that hold for a project now, where they may have changed since a request began. */
    public static Terms terms(Handle handle, long project) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement("SELECT * FROM registry.terms(?)")) {
            statement.setLong(1, project);
            ResultSet row = statement.executeQuery();
            row.next();
            return terms(row);
        }
    }

    private static Target target(ResultSet row, RepositoryName name) throws SQLException {
        return new Target(
                found(row, name),
                terms(row),
                ProjectRole.numbered(row.getInt("role")).orElse(null));
    }

    private static Terms terms(ResultSet row) throws SQLException {
        return new Terms(
                row.getBoolean("read_only"),
                row.getObject("storage_limit", Long.class),
                row.getBoolean("mirrors"),
                row.getBoolean("immutable_tags"),
                row.getBoolean("replicates"));
    }

    private static Found found(ResultSet row, RepositoryName name) throws SQLException {
        return new Found(ProjectStore.read(row), row.getObject("repository_id", Long.class), name);
    }
}
