package dev.breakwater.registry.activity;

import dev.breakwater.kernel.db.ArrayColumns;
import dev.breakwater.kernel.db.DatabaseException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of activities. */
public final class ActivityStore {

    /** Whether a kind goes into the log is asked once for each kind, as there are many rows of few kinds. */
    private static final String INSERT = """
            WITH given AS (
                SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                    AS g (at, username, project_id, operation, resource_type, resource, repository, tag, succeeded,
                          description, number)),
            logged AS (
                SELECT operation, resource_type FROM given GROUP BY 1, 2
                HAVING registry.is_logged(operation, resource_type))
            INSERT INTO registry.activity (at, username, project_id, operation, resource_type, resource, repository,
                tag, succeeded, description)
            SELECT at, username, project_id, operation, resource_type, resource, repository, tag, succeeded, description
            FROM given JOIN logged USING (operation, resource_type) ORDER BY number
            """;

    private ActivityStore() {}

    /** Adds an activity in the transaction of what it tells of. */
    public static void insert(Handle handle, Activity activity) {
        insert(handle, List.of(activity));
    }

    /** Adds several in one statement; not those of a kind that administrators do not want in the log. */
    public static void insert(Handle handle, List<Activity> activities) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(INSERT)) {
            ArrayColumns columns = new ArrayColumns(statement);
            columns.instants(activities, Activity::at);
            columns.texts(activities, Activity::username);
            columns.add("bigint", activities, Activity::projectId);
            columns.texts(activities, Activity::operation);
            columns.texts(activities, Activity::resourceType);
            columns.texts(activities, Activity::resource);
            columns.texts(activities, Activity::repository);
            columns.texts(activities, Activity::tag);
            columns.add("boolean", activities, Activity::succeeded);
            columns.texts(activities, Activity::description);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** An entry of the log, from a row that has its members as columns. */
    public static LogEntry entry(ResultSet row) throws SQLException {
        return new LogEntry(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("username"),
                row.getString("operation"),
                row.getString("resource_type"),
                row.getString("resource"),
                row.getBoolean("succeeded"),
                row.getString("description"));
    }
}
