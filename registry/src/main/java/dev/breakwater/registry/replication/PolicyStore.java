package dev.breakwater.registry.replication;

import org.jdbi.v3.core.Handle;

/** The table of policies. */
public final class PolicyStore {

    private PolicyStore() {}

    /** How many policies copy a project. */
    public static long countOfProject(Handle handle, long project) {
        return handle.createQuery("SELECT count(*) FROM registry.replication_policy WHERE project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
    }
}
