package dev.breakwater.registry.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of targets. */
final class TargetStore {

    private static final RowMapper<Target> TARGET = ConstructorMapper.of(Target.class);
    private static final String SELECT =
            "SELECT id, name, endpoint, username, type, created_at, updated_at FROM registry.replication_target";

    private TargetStore() {}

    static long insert(Handle handle, String name, String endpoint, String username, int type, Instant now) {
        return handle.createQuery("INSERT INTO registry.replication_target"
                        + " (name, endpoint, username, type, created_at, updated_at)"
                        + " VALUES (:name, :endpoint, :username, :type, :now, :now) RETURNING id")
                .bind("name", name)
                .bind("endpoint", endpoint)
                .bind("username", username)
                .bind("type", type)
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    static void update(Handle handle, long id, String name, String endpoint, String username, Instant now) {
        handle.execute(
                "UPDATE registry.replication_target SET name = ?, endpoint = ?, username = ?, updated_at = ?"
                        + " WHERE id = ?",
                name,
                endpoint,
                username,
                now,
                id);
    }

    /** Sets the encrypted password; null for none. */
    static void setPassword(Handle handle, long id, byte @Nullable [] password) {
        handle.createUpdate("UPDATE registry.replication_target SET password = :password WHERE id = :id")
                .bind("password", password)
                .bind("id", id)
                .execute();
    }

    static Optional<byte[]> password(Handle handle, long id) {
        return handle.createQuery(
                        "SELECT password FROM registry.replication_target WHERE id = :id AND password IS NOT NULL")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne();
    }

    static void delete(Handle handle, long id) {
        handle.execute("DELETE FROM registry.replication_target WHERE id = ?", id);
    }

    static Optional<Target> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id")
                .bind("id", id)
                .map(TARGET)
                .findOne();
    }

    static Optional<Target> findNamed(Handle handle, String name) {
        return handle.createQuery(SELECT + " WHERE name = :name")
                .bind("name", name)
                .map(TARGET)
                .findOne();
    }

    static Optional<Target> findAt(Handle handle, String endpoint) {
        return handle.createQuery(SELECT + " WHERE endpoint = :endpoint")
                .bind("endpoint", endpoint)
                .map(TARGET)
                .findOne();
    }

    /** Those whose name holds a text, by number. */
    static List<Target> list(Handle handle, String name) {
        return handle.createQuery(SELECT + " WHERE position(:name IN name) > 0 ORDER BY id")
                .bind("name", name)
                .map(TARGET)
                .list();
    }
}
