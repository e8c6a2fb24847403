package dev.breakwater.registry.people;

import dev.breakwater.registry.ProjectLog;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The activities of a project, newest first. */
final class PeopleLogStore {

    private PeopleLogStore() {}

    static List<ProjectLog.Entry> list(Handle handle, long project, ProjectLog.Filter filter, long before, int limit) {
        return handle.createQuery("""
                        SELECT a.id, a.at, a.username, a.operation, a.resource_type, a.resource, a.succeeded
                        FROM registry.activity a WHERE a.project_id = :project AND a.id < :before
                            AND (CAST(:operation AS text) IS NULL OR a.operation = :operation)
                            AND (CAST(:username AS text) IS NULL
                                 OR position(lower(:username) IN lower(a.username)) > 0)
                            AND (CAST(:resource AS text) IS NULL
                                 OR position(lower(:resource) IN lower(a.resource)) > 0)
                            AND (CAST(:from AS timestamptz) IS NULL OR a.at >= :from)
                            AND (CAST(:until AS timestamptz) IS NULL OR a.at < :until)
                        ORDER BY a.id DESC LIMIT :limit
                        """)
                .bind("project", project)
                .bind("before", before)
                .bind("operation", filter.operation().orElse(null))
                .bind("username", filter.username().orElse(null))
                .bind("resource", filter.resource().orElse(null))
                .bind("from", filter.from().orElse(null))
                .bind("until", filter.until().orElse(null))
                .bind("limit", limit)
                .map((row, context) -> new ProjectLog.Entry(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("username"),
                        row.getString("operation"),
                        row.getString("resource_type"),
                        row.getString("resource"),
                        row.getBoolean("succeeded")))
                .list();
    }
}
