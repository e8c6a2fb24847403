package dev.breakwater.registry.current.gate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of sessions. */
final class SessionStore {

    private SessionStore() {}

    /** A session; it has ended as soon as the password of the user was changed at another time. */
    record Row(UUID userId, Instant passwordChangedAt, Instant usedAt) {}

    static void insert(Handle handle, byte[] hash, Row row) {
        handle.createUpdate("INSERT INTO registry.session (hash, user_id, password_changed_at, used_at)"
                        + " VALUES (:hash, :userId, :passwordChangedAt, :usedAt)")
                .bind("hash", hash)
                .bind("userId", row.userId())
                .bind("passwordChangedAt", row.passwordChangedAt())
                .bind("usedAt", row.usedAt())
                .execute();
    }

    static Optional<Row> find(Handle handle, byte[] hash) {
        return handle.createQuery(
                        "SELECT user_id, password_changed_at, used_at FROM registry.session WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> new Row(
                        row.getObject("user_id", UUID.class),
                        row.getObject("password_changed_at", OffsetDateTime.class)
                                .toInstant(),
                        row.getObject("used_at", OffsetDateTime.class).toInstant()))
                .findOne();
    }

    static void used(Handle handle, byte[] hash, Instant at) {
        handle.execute("UPDATE registry.session SET used_at = ? WHERE hash = ?", at, hash);
    }

    static void delete(Handle handle, byte[] hash) {
        handle.execute("DELETE FROM registry.session WHERE hash = ?", hash);
    }

    static void deleteUnusedSince(Handle handle, Instant time) {
        handle.execute("DELETE FROM registry.session WHERE used_at <= ?", time);
    }
}
