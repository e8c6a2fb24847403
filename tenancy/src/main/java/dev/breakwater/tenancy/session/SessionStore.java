package dev.breakwater.tenancy.session;

import dev.breakwater.tenancy.token.TokenHash;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of sessions. */
final class SessionStore {

    private static final RowMapper<Session> SESSION = ConstructorMapper.of(Session.class);

    private SessionStore() {}

    static void insert(Handle handle, Session session, TokenHash hash) {
        handle.createUpdate("INSERT INTO tenancy.user_session (id, user_id, hash, created_at, used_at)"
                        + " VALUES (:id, :userId, :hash, :createdAt, :usedAt)")
                .bindMethods(session)
                .bind("hash", hash.bytes())
                .execute();
    }

    static Optional<Session> find(Handle handle, TokenHash hash) {
        return handle.createQuery(
                        "SELECT id, user_id, created_at, used_at FROM tenancy.user_session WHERE hash = :hash")
                .bind("hash", hash.bytes())
                .map(SESSION)
                .findOne();
    }

    static void used(Handle handle, UUID id, Instant at) {
        handle.execute("UPDATE tenancy.user_session SET used_at = ? WHERE id = ?", at, id);
    }

    static void delete(Handle handle, UUID id) {
        handle.execute("DELETE FROM tenancy.user_session WHERE id = ?", id);
    }

    /** Deletes all sessions of a user but the one with the hash {@code kept}. */
    static void deleteAll(Handle handle, UUID user, @Nullable TokenHash kept) {
        handle.createUpdate("DELETE FROM tenancy.user_session WHERE user_id = :user"
                        + " AND hash IS DISTINCT FROM CAST(:kept AS bytea)")
                .bind("user", user)
                .bind("kept", kept == null ? null : kept.bytes())
                .execute();
    }

    static void deleteUnusedSince(Handle handle, Instant time) {
        handle.execute("DELETE FROM tenancy.user_session WHERE used_at <= ?", time);
    }
}
