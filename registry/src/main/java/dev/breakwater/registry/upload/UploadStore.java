package dev.breakwater.registry.upload;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The table of uploads. Nothing in it is promised to anybody: a session that is lost with the machine is begun anew. So
 * its writes do not wait for the disk.
 */
final class UploadStore {

    private static final String NO_WAIT = "set_config('synchronous_commit', 'off', true)";

    private UploadStore() {}

    static void insert(Handle handle, UUID id, long repository, String owner, Instant now) {
        handle.createUpdate("INSERT INTO registry.upload (id, repository_id, owner, started_at, touched_at)"
                        + " SELECT :id, :repository, :owner, :now, :now WHERE " + NO_WAIT + " IS NOT NULL")
                .bind("id", id)
                .bind("repository", repository)
                .bind("owner", owner)
                .bind("now", now)
                .execute();
    }

    /** Notes that an upload is being used; false when the owner has none of this id in this repository. */
    static boolean touch(Handle handle, UUID id, long repository, String owner, Instant now) {
        return handle.createUpdate("UPDATE registry.upload SET touched_at = :now WHERE id = :id"
                                + " AND repository_id = :repository AND owner = :owner AND " + NO_WAIT
                                + " IS NOT NULL")
                        .bind("id", id)
                        .bind("repository", repository)
                        .bind("owner", owner)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    static boolean delete(Handle handle, UUID id) {
        return handle.execute("DELETE FROM registry.upload WHERE id = ? AND " + NO_WAIT + " IS NOT NULL", id) == 1;
    }

    /** Those that were last used before a limit. */
    static List<UUID> idle(Handle handle, Instant limit) {
        return handle.createQuery("SELECT id FROM registry.upload WHERE touched_at < :limit")
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    static boolean exists(Handle handle, UUID id) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.upload WHERE id = :id)")
                .bind("id", id)
                .mapTo(boolean.class)
                .one();
    }
}
