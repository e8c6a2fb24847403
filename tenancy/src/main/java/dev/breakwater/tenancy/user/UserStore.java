package dev.breakwater.tenancy.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of users; the deleted ones are not seen. */
public final class UserStore {

    private static final String SELECT = "SELECT id, username, email, name, password_hash, password_changed_at,"
            + " default_password, administrator, disabled, created_at FROM tenancy.user_account"
            + " WHERE deleted_at IS NULL";
    private static final RowMapper<User> USER = ConstructorMapper.of(User.class);

    private UserStore() {}

    /** Adds a user; false when the username or the email is taken. */
    public static boolean insert(Handle handle, User user) {
        return handle.createUpdate("INSERT INTO tenancy.user_account (id, username, email, name, password_hash,"
                                + " password_changed_at, default_password, administrator, disabled, created_at)"
                                + " VALUES (:id, :username, :email, :name, :passwordHash, :passwordChangedAt,"
                                + " :defaultPassword, :administrator, :disabled, :createdAt) ON CONFLICT DO NOTHING")
                        .bindMethods(user)
                        .execute()
                == 1;
    }

    /** The user with this id. */
    public static Optional<User> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + " AND id = :id")
                .bind("id", id)
                .map(USER)
                .findOne();
    }

    /** The user with this id, held until the transaction ends. */
    static Optional<User> lock(Handle handle, UUID id) {
        return handle.createQuery(SELECT + " AND id = :id FOR UPDATE")
                .bind("id", id)
                .map(USER)
                .findOne();
    }

    /** The user who signs in with this username or email; the username wins. */
    public static Optional<User> findByLogin(Handle handle, String login) {
        return handle.createQuery(SELECT + " AND (lower(username) = lower(:login) OR lower(email) = lower(:login))"
                        + " ORDER BY lower(username) = lower(:login) DESC LIMIT 1")
                .bind("login", login)
                .map(USER)
                .findOne();
    }

    /**
     * The users, newest first, those before {@code after} only.
     *
     * @param username the only one to list, whatever its case; null for all
     */
    static List<User> list(Handle handle, @Nullable String username, @Nullable UUID after, int limit) {
        return handle.createQuery(SELECT
                        + " AND (CAST(:username AS text) IS NULL OR lower(username) = lower(:username))"
                        + " AND (CAST(:after AS uuid) IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit")
                .bind("username", username)
                .bind("after", after)
                .bind("limit", limit)
                .map(USER)
                .list();
    }

    /** Sets the password. */
    public static void setPassword(Handle handle, UUID id, String hash, boolean isDefault, Instant now) {
        handle.createUpdate("UPDATE tenancy.user_account SET password_hash = :hash, default_password = :isDefault,"
                        + " password_changed_at = :now WHERE id = :id")
                .bind("hash", hash)
                .bind("isDefault", isDefault)
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    /** Whether anybody can sign in with the password that every fresh installation has. */
    public static boolean hasDefaultPassword(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM tenancy.user_account"
                        + " WHERE default_password AND NOT disabled AND deleted_at IS NULL)")
                .mapTo(boolean.class)
                .one();
    }

    /** Changes the email, the name and the two flags; false when the email is taken. */
    static boolean update(Handle handle, User user) {
        return handle.createUpdate("UPDATE tenancy.user_account SET email = :email, name = :name,"
                                + " administrator = :administrator, disabled = :disabled WHERE id = :id"
                                + " AND NOT EXISTS (SELECT FROM tenancy.user_account other WHERE other.id <> :id"
                                + " AND lower(other.email) = lower(:email) AND other.deleted_at IS NULL)")
                        .bindMethods(user)
                        .execute()
                == 1;
    }

    /** Marks a user as deleted. */
    static void delete(Handle handle, UUID id, Instant now) {
        handle.execute("UPDATE tenancy.user_account SET deleted_at = ? WHERE id = ?", now, id);
    }

    /** Whether somebody else could still administer the installation; holds all administrators until then. */
    static boolean hasAdministratorBesides(Handle handle, UUID id) {
        return handle
                .createQuery("SELECT id FROM tenancy.user_account"
                        + " WHERE administrator AND NOT disabled AND deleted_at IS NULL ORDER BY id FOR UPDATE")
                .mapTo(UUID.class)
                .list()
                .stream()
                .anyMatch(other -> !other.equals(id));
    }
}
