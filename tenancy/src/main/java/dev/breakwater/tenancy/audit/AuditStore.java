package dev.breakwater.tenancy.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The entries that fit, newest first, those before {@code after} only. The statement has the conditions that are
     * asked for and no others, so that each kind of search gets the plan that fits it.
     */
    static List<AuditEntry> list(Handle handle, Filter filter, @Nullable UUID after, int limit) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        filter.onlyIn().ifPresent(any -> conditions.put("organization_id = ANY (:%s)", any.toArray(UUID[]::new)));
        putGiven(conditions, "action = :%s", filter.action());
        putGiven(conditions, "(:%1$s = actor OR :%1$s = actor_name)", filter.actor());
        putGiven(conditions, "request_id = :%s", filter.requestId());
        putGiven(conditions, "at >= :%s", filter.from());
        putGiven(conditions, "at < :%s", filter.until());
        putGiven(conditions, "id < :%s", after);
        StringBuilder where = new StringBuilder();
        Map<String, Object> values = new LinkedHashMap<>();
        conditions.forEach((condition, value) -> {
            String name = "value" + values.size();
            where.append(" AND ").append(condition.formatted(name));
            values.put(name, value);
        });
        return handle.createQuery("""
                        SELECT id, at, organization_id, actor, actor_name, action, target, request_id, address
                        FROM tenancy.audit_entry
                        WHERE true%s
                        ORDER BY id DESC LIMIT :limit
                        """.formatted(where))
                .bindMap(values)
                .bind("limit", limit)
                .map(ENTRY)
                .list();
    }

    private static void putGiven(Map<String, Object> conditions, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.put(condition, value);
        }
    }
}
