package dev.breakwater.tenancy.serviceaccount;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of service accounts. */
public final class ServiceAccountStore {

    private static final String SELECT = "SELECT id, organization_id, name, created_at FROM tenancy.service_account";
    private static final RowMapper<ServiceAccount> SERVICE_ACCOUNT = ConstructorMapper.of(ServiceAccount.class);

    private ServiceAccountStore() {}

    /** Adds a service account; false when the organization has one of that name. */
    static boolean insert(Handle handle, ServiceAccount account) {
        return handle.createUpdate("INSERT INTO tenancy.service_account (id, organization_id, name, created_at)"
                                + " VALUES (:id, :organizationId, :name, :createdAt) ON CONFLICT DO NOTHING")
                        .bindMethods(account)
                        .execute()
                == 1;
    }

    /** The service account with this id. */
    public static Optional<ServiceAccount> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(SERVICE_ACCOUNT)
                .findOne();
    }

    /** The service accounts of an organization, newest first, those before {@code after} only. */
    public static List<ServiceAccount> list(Handle handle, UUID organization, @Nullable UUID after, int limit) {
        return handle.createQuery(SELECT + " WHERE organization_id = :organization"
                        + " AND (CAST(:after AS uuid) IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit")
                .bind("organization", organization)
                .bind("after", after)
                .bind("limit", limit)
                .map(SERVICE_ACCOUNT)
                .list();
    }

    /** Deletes it together with its tokens and roles. */
    static void delete(Handle handle, UUID id) {
        handle.execute("DELETE FROM tenancy.service_account WHERE id = ?", id);
    }
}
