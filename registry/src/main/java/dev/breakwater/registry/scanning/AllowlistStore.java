package dev.breakwater.registry.scanning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table of allowlists. */
public final class AllowlistStore {

    private static final String SELECT =
            "SELECT id, project_id, expires_at, items, created_at, updated_at" + " FROM registry.cve_allowlist";

    private AllowlistStore() {}

    /** The list of a project, or of the system for null. */
    public static Allowlist find(Handle handle, @Nullable Long project) {
        return handle.createQuery(SELECT + " WHERE project_id IS NOT DISTINCT FROM :project")
                .bind("project", project)
                .map(AllowlistStore::allowlist)
                .findOne()
                .orElseGet(() -> Allowlist.empty(project));
    }

    /** The lists of some projects that were ever set, by project. */
    public static Map<Long, Allowlist> findAll(Handle handle, Collection<Long> projects) {
        return handle
                .createQuery(SELECT + " WHERE project_id = ANY (:projects)")
                .bindArray("projects", Long.class, projects)
                .map(AllowlistStore::allowlist)
                .stream()
                .collect(Collectors.toMap(list -> Objects.requireNonNull(list.projectId()), list -> list));
    }

    /** Sets the list of a project, or of the system for null. */
    public static void put(
            Handle handle, @Nullable Long project, @Nullable Long expiresAt, List<String> items, Instant now) {
        handle.createUpdate("INSERT INTO registry.cve_allowlist (project_id, expires_at, items, created_at, updated_at)"
                        + " VALUES (:project, :expiresAt, :items, :now, :now) ON CONFLICT (project_id) DO UPDATE"
                        + " SET expires_at = excluded.expires_at, items = excluded.items,"
                        + " updated_at = excluded.updated_at")
                .bind("project", project)
                .bind("expiresAt", expiresAt)
                .bindArray("items", String.class, items)
                .bind("now", now)
                .execute();
    }

    private static Allowlist allowlist(ResultSet row, StatementContext context) throws SQLException {
        return new Allowlist(
                row.getLong("id"),
                row.getObject("project_id", Long.class),
                row.getObject("expires_at", Long.class),
                List.of((String[]) row.getArray("items").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
