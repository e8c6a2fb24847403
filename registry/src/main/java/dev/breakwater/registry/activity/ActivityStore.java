package dev.breakwater.registry.activity;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of activities. */
public final class ActivityStore {

    private ActivityStore() {}

    /** Adds an activity in the transaction of what it tells of. */
    public static void insert(Handle handle, Activity activity) {
        insert(handle, List.of(activity));
    }

    /** Adds several in one round trip; not those of a kind that administrators do not want in the log. */
    public static void insert(Handle handle, List<Activity> activities) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO registry.activity (at, username, project_id, operation,"
                + " resource_type, resource, repository, tag, succeeded, description) SELECT :at, :username,"
                + " CAST(:projectId AS bigint), :operation, :resourceType, :resource, :repository, :tag, :succeeded, :description"
                + " WHERE registry.is_logged(:operation, :resourceType)");
        activities.forEach(activity -> batch.bindMethods(activity).add());
        batch.execute();
    }
}
