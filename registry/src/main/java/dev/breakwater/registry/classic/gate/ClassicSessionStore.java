package dev.breakwater.registry.classic.gate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of sessions that belong to a user. */
final class ClassicSessionStore {

    private ClassicSessionStore() {}

    /**
     * A session of a user.
     *
     * @param passwordChangedAt when the password it began with was set
     * @param usedAt when it was last used, at most a minute late
     * @param ended whether its user has signed out
     */
    record Row(UUID userId, Instant passwordChangedAt, Instant usedAt, boolean ended) {}

    /** The key that tells ids of ours from others. */
    static byte[] key(Handle handle) {
        return handle.createQuery("SELECT secret FROM registry.classic_session_key")
                .mapTo(byte[].class)
                .one();
    }

    /** Ties an id to a user; one that was tied before belongs to this one from now on. */
    static void tie(Handle handle, byte[] idHash, UUID user, Instant passwordChangedAt, Instant now) {
        handle.createUpdate("""
                        INSERT INTO registry.classic_session (id_hash, user_id, password_changed_at, used_at)
                        VALUES (:id, :user, :changed, :now)
                        ON CONFLICT (id_hash) DO UPDATE SET user_id = excluded.user_id,
                            password_changed_at = excluded.password_changed_at, used_at = excluded.used_at,
                            ended = false
                        """)
                .bind("id", idHash)
                .bind("user", user)
                .bind("changed", passwordChangedAt)
                .bind("now", now)
                .execute();
    }

    static Optional<Row> find(Handle handle, byte[] idHash) {
        return handle.createQuery("SELECT user_id, password_changed_at, used_at, ended FROM registry.classic_session"
                        + " WHERE id_hash = :id")
                .bind("id", idHash)
                .map((row, context) -> new Row(
                        row.getObject("user_id", UUID.class),
                        row.getObject("password_changed_at", OffsetDateTime.class)
                                .toInstant(),
                        row.getObject("used_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("ended")))
                .findOne();
    }

    static void used(Handle handle, byte[] idHash, Instant now) {
        handle.execute("UPDATE registry.classic_session SET used_at = ? WHERE id_hash = ?", now, idHash);
    }

    static void end(Handle handle, byte[] idHash, Instant now) {
        handle.execute("UPDATE registry.classic_session SET ended = true, used_at = ? WHERE id_hash = ?", now, idHash);
    }

    static void deleteUnusedSince(Handle handle, Instant limit) {
        handle.execute("DELETE FROM registry.classic_session WHERE used_at < ?", limit);
    }
}
