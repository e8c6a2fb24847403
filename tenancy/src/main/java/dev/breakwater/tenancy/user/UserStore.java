package dev.breakwater.tenancy.user;

import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.UserName;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table of users; the deleted ones are seen by their names only. */
public final class UserStore {

    private static final String PROFILE_COLUMNS = "id, number, username, email, name, comment, administrator, disabled,"
            + " password_changed_at, created_at, updated_at";
    private static final String LIVING = " FROM tenancy.user_account WHERE deleted_at IS NULL";
    private static final String SELECT_PROFILE = "SELECT " + PROFILE_COLUMNS + LIVING;
    private static final String SELECT_USER =
            "SELECT " + PROFILE_COLUMNS + ", password_hash, default_password" + LIVING;
    /** A part of a text is looked for as it stands, so no character of it has a meaning. */
    private static final String FOUND = " AND (CAST(:username AS text) IS NULL"
            + " OR position(lower(:username) IN lower(username)) > 0)"
            + " AND (CAST(:email AS text) IS NULL OR position(lower(:email) IN lower(email)) > 0)"
            + " AND number <> ALL (:without)";

    /** By hand: finding the constructor again for every row took more time than the query. */
    private static final RowMapper<UserProfile> PROFILE = (row, context) -> profile(row);

    private static final RowMapper<UserName> NAME = ConstructorMapper.of(UserName.class);
    private static final RowMapper<User> USER = (row, context) ->
            new User(PROFILE.map(row, context), row.getString("password_hash"), row.getBoolean("default_password"));

    private UserStore() {}

    /** The next number, which nobody ever had. */
    static long nextNumber(Handle handle) {
        return handle.createQuery("SELECT nextval('tenancy.user_number')")
                .mapTo(long.class)
                .one();
    }

    /** Adds a user, whose username and email must be free. */
    public static void insert(Handle handle, User user) {
        handle.createUpdate("INSERT INTO tenancy.user_account (" + PROFILE_COLUMNS + ", password_hash,"
                        + " default_password) VALUES (:id, :number, :username, :email, :name, :comment, :administrator,"
                        + " :disabled, :passwordChangedAt, :createdAt, :updatedAt, :passwordHash, :defaultPassword)")
                .bindMethods(user.profile())
                .bind("passwordHash", user.passwordHash())
                .bind("defaultPassword", user.defaultPassword())
                .execute();
    }

    /** The user with this id. */
    public static Optional<User> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT_USER + " AND id = :id")
                .bind("id", id)
                .map(USER)
                .findOne();
    }

    private static UserProfile profile(ResultSet row) throws SQLException {
        return new UserProfile(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("username"),
                row.getString("email"),
                row.getString("name"),
                row.getString("comment"),
                row.getBoolean("administrator"),
                row.getBoolean("disabled"),
                time(row, "password_changed_at"),
                time(row, "created_at"),
                time(row, "updated_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** What others may know of the user with this id. */
    public static Optional<UserProfile> findProfile(Handle handle, UUID id) {
        return handle.createQuery(SELECT_PROFILE + " AND id = :id")
                .bind("id", id)
                .map(PROFILE)
                .findOne();
    }

    /** The user with this number. */
    static Optional<UserProfile> findByNumber(Handle handle, long number) {
        return handle.createQuery(SELECT_PROFILE + " AND number = :number")
                .bind("number", number)
                .map(PROFILE)
                .findOne();
    }

    /** The user with this username, whatever its case. */
    static Optional<UserProfile> findByName(Handle handle, String username) {
        return handle.createQuery(SELECT_PROFILE + " AND lower(username) = lower(:username)")
                .bind("username", username)
                .map(PROFILE)
                .findOne();
    }

    /** The user with this email, whatever its case. */
    static Optional<UserProfile> findByEmail(Handle handle, String email) {
        return handle.createQuery(SELECT_PROFILE + " AND lower(email) = lower(:email)")
                .bind("email", email)
                .map(PROFILE)
                .findOne();
    }

    /** Those of these users that exist. */
    static List<UserProfile> findAll(Handle handle, Collection<UUID> ids) {
        return handle.createQuery(SELECT_PROFILE + " AND id = ANY (:ids)")
                .bindArray("ids", UUID.class, ids)
                .map(PROFILE)
                .list();
    }

    /** The names of these users, the deleted ones too. */
    static List<UserName> names(Handle handle, Collection<UUID> ids) {
        return handle.createQuery("SELECT id, number, username, deleted_at IS NOT NULL AS deleted"
                        + " FROM tenancy.user_account WHERE id = ANY (:ids)")
                .bindArray("ids", UUID.class, ids)
                .map(NAME)
                .list();
    }

    /** The user with this id, held until the transaction ends. */
    static Optional<UserProfile> lock(Handle handle, UUID id) {
        return handle.createQuery(SELECT_PROFILE + " AND id = :id FOR UPDATE")
                .bind("id", id)
                .map(PROFILE)
                .findOne();
    }

    /** The user who signs in with this username or email; the username wins. */
    public static Optional<User> findByLogin(Handle handle, String login) {
        return handle.createQuery(SELECT_USER + " AND (lower(username) = lower(:login) OR lower(email) = lower(:login))"
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
    static List<UserProfile> list(Handle handle, @Nullable String username, @Nullable UUID after, int limit) {
        return handle.createQuery(SELECT_PROFILE
                        + " AND (CAST(:username AS text) IS NULL OR lower(username) = lower(:username))"
                        + " AND (CAST(:after AS uuid) IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit")
                .bind("username", username)
                .bind("after", after)
                .bind("limit", limit)
                .map(PROFILE)
                .list();
    }

    /** A page of the users that fit, by username in the order of its characters. */
    static List<UserProfile> search(Handle handle, Users.Search search) {
        return bind(
                        handle.createQuery(SELECT_PROFILE + FOUND
                                + " ORDER BY lower(username) COLLATE \"C\" OFFSET :offset LIMIT :limit"),
                        search)
                .bind("offset", search.offset())
                .bind("limit", search.limit())
                .map(PROFILE)
                .list();
    }

    /** How many users fit. */
    static long count(Handle handle, Users.Search search) {
        return bind(handle.createQuery("SELECT count(*)" + LIVING + FOUND), search)
                .mapTo(long.class)
                .one();
    }

    private static Query bind(Query query, Users.Search search) {
        return query.bind("username", search.username())
                .bind("email", search.email())
                .bindArray("without", Long.class, search.without());
    }

    /** How many users there are but the one with this number. */
    static long countBesides(Handle handle, long number) {
        return handle.createQuery("SELECT count(*)" + LIVING + " AND number <> :number")
                .bind("number", number)
                .mapTo(long.class)
                .one();
    }

    /** Sets the password. */
    public static void setPassword(Handle handle, UUID id, NewPassword password, Instant now) {
        handle.createUpdate("UPDATE tenancy.user_account SET password_hash = :hash, default_password = :isDefault,"
                        + " password_changed_at = :now, updated_at = :now WHERE id = :id")
                .bind("hash", password.hash())
                .bind("isDefault", password.wellKnown())
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    /** Whether anybody can sign in with the password that every fresh installation has. */
    public static boolean hasDefaultPassword(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT" + LIVING + " AND default_password AND NOT disabled)")
                .mapTo(boolean.class)
                .one();
    }

    /** Changes the email, which must be free, the name, the comment and the two flags. */
    static void update(Handle handle, UserProfile user) {
        handle.createUpdate("UPDATE tenancy.user_account SET email = :email, name = :name, comment = :comment,"
                        + " administrator = :administrator, disabled = :disabled, updated_at = :updatedAt"
                        + " WHERE id = :id")
                .bindMethods(user)
                .execute();
    }

    /** Marks a user as deleted. */
    static void delete(Handle handle, UUID id, Instant now) {
        handle.createUpdate("UPDATE tenancy.user_account SET deleted_at = :now, updated_at = :now WHERE id = :id")
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    /** Whether somebody else could still administer the installation; holds all administrators until then. */
    static boolean hasAdministratorBesides(Handle handle, UUID id) {
        return handle
                .createQuery("SELECT id" + LIVING + " AND administrator AND NOT disabled ORDER BY id FOR UPDATE")
                .mapTo(UUID.class)
                .list()
                .stream()
                .anyMatch(other -> !other.equals(id));
    }
}
