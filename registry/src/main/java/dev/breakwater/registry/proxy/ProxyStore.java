package dev.breakwater.registry.proxy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of projects that mirror a registry elsewhere. */
public final class ProxyStore {

    private ProxyStore() {}

    /** Makes a new project mirror a registry, which nobody deletes meanwhile; false when there is no such registry. */
    static boolean insert(Handle handle, long project, long upstream) {
        return handle.execute(
                        "INSERT INTO registry.proxy_project (project_id, upstream_id)"
                                + " SELECT ?, id FROM registry.upstream WHERE id = ? FOR KEY SHARE",
                        project,
                        upstream)
                == 1;
    }

    /** Which registry a project mirrors; empty for none. */
    public static Optional<Long> upstream(Handle handle, long project) {
        return handle.createQuery("SELECT upstream_id FROM registry.proxy_project WHERE project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .findOne();
    }

    /** Which registries some projects mirror; none for those that do not. */
    public static Map<Long, Long> upstreams(Handle handle, Collection<Long> projects) {
        Map<Long, Long> upstreams = new HashMap<>();
        handle.createQuery("SELECT project_id, upstream_id FROM registry.proxy_project"
                        + " WHERE project_id = ANY (:projects)")
                .bindArray("projects", Long.class, projects)
                .map((row, context) -> Map.entry(row.getLong("project_id"), row.getLong("upstream_id")))
                .forEach(entry -> upstreams.put(entry.getKey(), entry.getValue()));
        return upstreams;
    }

    /** Whether a project that is not deleted mirrors this registry. */
    static boolean isMirrored(Handle handle, long upstream) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.proxy_project m"
                        + " JOIN registry.project p ON p.id = m.project_id AND p.deleted_at IS NULL"
                        + " WHERE m.upstream_id = :upstream)")
                .bind("upstream", upstream)
                .mapTo(boolean.class)
                .one();
    }
}
