package dev.breakwater.tenancy.organization;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of organizations. */
public final class OrganizationStore {

    private static final String SELECT = "SELECT id, identifier, name, created_at FROM tenancy.organization";
    private static final RowMapper<Organization> ORGANIZATION = ConstructorMapper.of(Organization.class);

    private OrganizationStore() {}

    /** Adds an organization; false when its identifier is taken. */
    public static boolean insert(Handle handle, Organization organization) {
        return handle.createUpdate("INSERT INTO tenancy.organization (id, identifier, name, created_at)"
                                + " VALUES (:id, :identifier, :name, :createdAt) ON CONFLICT (identifier) DO NOTHING")
                        .bindMethods(organization)
                        .execute()
                == 1;
    }

    /** Gives it another name. */
    static void rename(Handle handle, UUID id, String name) {
        handle.execute("UPDATE tenancy.organization SET name = ? WHERE id = ?", name, id);
    }

    /** The organization with this id. */
    public static Optional<Organization> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(ORGANIZATION)
                .findOne();
    }

    /** The organization with this identifier. */
    public static Optional<Organization> find(Handle handle, String identifier) {
        return handle.createQuery(SELECT + " WHERE identifier = :identifier")
                .bind("identifier", identifier)
                .map(ORGANIZATION)
                .findOne();
    }

    /**
     * The organizations, newest first, those before {@code after} only.
     *
     * @param only the only ones to list; empty for all
     */
    static List<Organization> list(Handle handle, Optional<Set<UUID>> only, @Nullable UUID after, int limit) {
        return handle.createQuery(SELECT + " WHERE (CAST(:only AS uuid[]) IS NULL OR id = ANY (:only))"
                        + " AND (CAST(:after AS uuid) IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit")
                .bind("only", only.map(ids -> ids.toArray(UUID[]::new)).orElse(null))
                .bind("after", after)
                .bind("limit", limit)
                .map(ORGANIZATION)
                .list();
    }
}
