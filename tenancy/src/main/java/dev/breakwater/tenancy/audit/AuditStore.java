package dev.breakwater.tenancy.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of audit entries, which only grows. */
public final class AuditStore {

    private static final RowMapper<AuditEntry> ENTRY = ConstructorMapper.of(AuditEntry.class);

    private AuditStore() {}

    /** Adds an entry in the transaction of the change. */
    public static void insert(Handle handle, AuditEntry entry) {
        handle.createUpdate("INSERT INTO tenancy.audit_entry"
                        + " (id, at, organization_id, actor, actor_name, action, target, request_id, address)"
                        + " VALUES (:id, :at, :organizationId, :actor, :actorName, :action, :target, :requestId,"
                        + " :address)")
                .bindMethods(entry)
                .execute();
    }

    /**
     * Which entries to list; null means any.
     *
     * @param onlyIn those of these organizations; empty for all, those of the account as a whole included
     * @param action with this action
     * @param actor by this actor, spelled or by name
     * @param requestId under this request
     * @param from at this time or later
     * @param until before this time
     */
    record Filter(
            Optional<Set<UUID>> onlyIn,
            @Nullable String action,
            @Nullable String actor,
            @Nullable String requestId,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** The entries that fit, newest first, those before {@code after} only. */
    static List<AuditEntry> list(Handle handle, Filter filter, @Nullable UUID after, int limit) {
        return handle.createQuery("""
                        SELECT id, at, organization_id, actor, actor_name, action, target, request_id, address
                        FROM tenancy.audit_entry
                        WHERE (CAST(:onlyIn AS uuid[]) IS NULL OR organization_id = ANY (:onlyIn))
                          AND (CAST(:action AS text) IS NULL OR action = :action)
                          AND (CAST(:actor AS text) IS NULL OR actor = :actor OR actor_name = :actor)
                          AND (CAST(:requestId AS text) IS NULL OR request_id = :requestId)
                          AND (CAST(:from AS timestamptz) IS NULL OR at >= :from)
                          AND (CAST(:until AS timestamptz) IS NULL OR at < :until)
                          AND (CAST(:after AS uuid) IS NULL OR id < :after)
                        ORDER BY id DESC LIMIT :limit
                        """)
                .bind(
                        "onlyIn",
                        filter.onlyIn().map(ids -> ids.toArray(UUID[]::new)).orElse(null))
                .bind("action", filter.action())
                .bind("actor", filter.actor())
                .bind("requestId", filter.requestId())
                .bind("from", filter.from())
                .bind("until", filter.until())
                .bind("after", after)
                .bind("limit", limit)
                .map(ENTRY)
                .list();
    }
}
