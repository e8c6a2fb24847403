package dev.breakwater.registry.upstream;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table of registries elsewhere. */
final class UpstreamStore {

    private static final String SELECT = "SELECT * FROM registry.upstream";
    private static final String FITTING = " WHERE (CAST(:name AS text) IS NULL OR CASE WHEN :exact THEN name = :name"
            + " ELSE position(lower(:name) IN lower(name)) > 0 END)";

    private UpstreamStore() {}

    /** Adds one without its secret and gives its number; empty when the name is taken. */
    static OptionalLong insert(Handle handle, UUID organization, UpstreamDraft draft, boolean healthy, Instant now) {
        return bind(
                        handle.createQuery(
                                "INSERT INTO registry.upstream (organization_id, name, type, url, description,"
                                        + " insecure, certificate, healthy, created_at, updated_at) VALUES"
                                        + " (:organization, :name, :type, :url, :description, :insecure,"
                                        + " :certificate, :healthy, :now, :now) ON CONFLICT DO NOTHING RETURNING id"),
                        draft,
                        healthy,
                        now)
                .bind("organization", organization)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Changes all but the secret. */
    static void update(Handle handle, long id, UpstreamDraft draft, boolean healthy, Instant now) {
        bind(
                        handle.createQuery("UPDATE registry.upstream SET name = :name, type = :type, url = :url,"
                                + " description = :description, insecure = :insecure,"
                                + " certificate = :certificate, healthy = :healthy, updated_at = :now"
                                + " WHERE id = :id RETURNING id"),
                        draft,
                        healthy,
                        now)
                .bind("id", id)
                .mapTo(Long.class)
                .one();
    }

    private static Query bind(Query query, UpstreamDraft draft, boolean healthy, Instant now) {
        return query.bind("name", draft.name())
                .bind("type", draft.type().label())
                .bind("url", draft.url())
                .bind("description", draft.description())
                .bind("insecure", draft.insecure())
                .bind("certificate", draft.certificate())
                .bind("healthy", healthy)
                .bind("now", now);
    }

    /** Sets as whom it is called; null for anonymous. */
    static void setLogin(Handle handle, long id, @Nullable String username, byte @Nullable [] secret) {
        handle.createUpdate("UPDATE registry.upstream SET username = :username, secret = :secret WHERE id = :id")
                .bind("username", username)
                .bind("secret", secret)
                .bind("id", id)
                .execute();
    }

    static void setHealthy(Handle handle, long id, boolean healthy) {
        handle.execute("UPDATE registry.upstream SET healthy = ? WHERE id = ? AND healthy <> ?", healthy, id, healthy);
    }

    static boolean isNameTaken(Handle handle, String name, long except) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.upstream WHERE name = :name AND id <> :except)")
                .bind("name", name)
                .bind("except", except)
                .mapTo(boolean.class)
                .one();
    }

    static void delete(Handle handle, long id) {
        handle.execute("DELETE FROM registry.upstream WHERE id = ?", id);
    }

    static Optional<Upstream> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(UpstreamStore::upstream)
                .findOne();
    }

    /** Holds one until the transaction ends; false when there is none. */
    static boolean lock(Handle handle, long id) {
        return handle.createQuery("SELECT id FROM registry.upstream WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    static Optional<byte[]> secret(Handle handle, long id) {
        return handle.createQuery("SELECT secret FROM registry.upstream WHERE id = :id AND secret IS NOT NULL")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne();
    }

    static List<Upstream> list(
            Handle handle,
            @Nullable String name,
            boolean exact,
            String order,
            boolean descending,
            long offset,
            int limit) {
        String direction = descending ? " DESC" : "";
        return handle.createQuery(SELECT + FITTING + " ORDER BY " + column(order) + direction + ", id" + direction
                        + " LIMIT :limit OFFSET :offset")
                .bind("name", name)
                .bind("exact", exact)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(UpstreamStore::upstream)
                .list();
    }

    static long count(Handle handle, @Nullable String name, boolean exact) {
        return handle.createQuery("SELECT count(*) FROM registry.upstream" + FITTING)
                .bind("name", name)
                .bind("exact", exact)
                .mapTo(Long.class)
                .one();
    }

    private static String column(String key) {
        return switch (key) {
            case "name", "type", "url", "description" -> key;
            case "creation_time" -> "created_at";
            case "update_time" -> "updated_at";
            default -> "id";
        };
    }

    private static Upstream upstream(ResultSet row, StatementContext context) throws SQLException {
        return new Upstream(
                row.getLong("id"),
                row.getObject("organization_id", UUID.class),
                row.getString("name"),
                RegistryType.named(row.getString("type")).orElseThrow(),
                row.getString("url"),
                row.getString("description"),
                row.getString("username"),
                row.getBoolean("insecure"),
                row.getString("certificate"),
                row.getBoolean("healthy"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
