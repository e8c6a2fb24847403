package dev.breakwater.registry.replication;

import dev.breakwater.kernel.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The jobs as administrators see them (registry.md 1.10). */
public final class Jobs {

    private final Database database;

    /** Those of this database. */
    public Jobs(Database database) {
        this.database = database;
    }

    /**
     * Which to list.
     *
     * @param policy of this policy
     * @param repository part of the repository's name, whatever the case
     * @param status part of the status, whatever the case
     * @param from not made before; null for no limit
     * @param before made earlier; null for no limit
     */
    public record Filter(
            long policy,
            String repository,
            String status,
            @Nullable Instant from,
            @Nullable Instant before) {}

    /** The job with this number. */
    public Optional<Job> find(long id) {
        return database.query(handle -> JobStore.find(handle, id));
    }

    /** What was noted while it was done. */
    public Optional<String> log(long id) {
        return database.query(handle -> JobStore.log(handle, id));
    }

    /** Those that fit, the latest first. */
    public List<Job> list(Filter filter, long offset, int limit) {
        return database.query(handle -> JobStore.list(handle, filter, offset, limit));
    }

    /** How many fit. */
    public long count(Filter filter) {
        return database.query(handle -> JobStore.count(handle, filter));
    }

    /** Removes one that has ended. */
    public static void delete(Handle handle, long id) {
        JobStore.delete(handle, id);
    }
}
