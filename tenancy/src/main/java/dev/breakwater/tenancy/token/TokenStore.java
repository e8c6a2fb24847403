package dev.breakwater.tenancy.token;

import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The table of all tokens. */
public final class TokenStore {

    /** The notification that carries the id of a token which has been revoked. */
    public static final String REVOKED_CHANNEL = "tenancy_token_revoked";

    /** How often the time of use is written down. */
    static final Duration BETWEEN_USES = Duration.ofMinutes(1);

    private static final String COLUMNS = "id, kind, name, prefix, last_four, user_id, service_account_id,"
            + " organization_id, environment, unrestricted, scopes, limited_to, rate_per_minute, rate_burst, created_at, created_by, expires_at,"
            + " revoked_at, last_used_at";
    private static final RowMapper<Token> TOKEN = ConstructorMapper.of(Token.class);

    private TokenStore() {}

    /** Adds a token. */
    public static void insert(Handle handle, Token token, TokenHash hash) {
        handle.createUpdate("INSERT INTO tenancy.token (hash, " + COLUMNS + ") VALUES (:hash, :id, :kindName, :name,"
                        + " :prefix, :lastFour, :userId, :serviceAccountId, :organizationId, :environmentName,"
                        + " :unrestricted, :scopeArray, :limitedToArray, :ratePerMinute, :rateBurst, :createdAt, :createdBy, :expiresAt, NULL,"
                        + " NULL)")
                .bindMethods(token)
                .bind("hash", hash.bytes())
                .bind("kindName", token.kind().name().toLowerCase(Locale.ROOT))
                .bind("environmentName", name(token))
                .bindArray("scopeArray", String.class, token.scopes())
                .bindArray("limitedToArray", UUID.class, token.limitedTo())
                .execute();
    }

    private static @Nullable String name(Token token) {
        return token.environment() == null ? null : token.environment().name().toLowerCase(Locale.ROOT);
    }

    /** The token with this hash, whatever its state. */
    public static Optional<Token> find(Handle handle, TokenHash hash) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM tenancy.token WHERE hash = :hash")
                .bind("hash", hash.bytes())
                .map(TOKEN)
                .findOne();
    }

    /** A token of a user or a service account that works at this time; notes its use, at most once a minute. */
    public static Optional<Token> use(Handle handle, String text, Instant now) {
        return find(handle, TokenHash.of(text))
                .filter(token -> token.kind() != Token.Kind.API_KEY && token.worksAt(now))
                .map(token -> {
                    if (token.lastUsedAt() == null
                            || !now.isBefore(token.lastUsedAt().plus(BETWEEN_USES))) {
                        used(handle, Map.of(token.id(), now));
                    }
                    return token;
                });
    }

    /** The token with this id, whatever its state. */
    public static Optional<Token> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM tenancy.token WHERE id = :id")
                .bind("id", id)
                .map(TOKEN)
                .findOne();
    }

    /** Which tokens to list. */
    public sealed interface Owner {
        /** The API keys of an organization. */
        record Organization(UUID id) implements Owner {}

        /** The personal tokens of a user. */
        record User(UUID id) implements Owner {}

        /** The tokens of a service account. */
        record ServiceAccount(UUID id) implements Owner {}
    }

    /** The tokens of an owner, newest first, those before {@code after} only. */
    public static List<Token> list(Handle handle, Owner owner, @Nullable UUID after, int limit) {
        String condition = switch (owner) {
            case Owner.Organization o -> "kind = 'api_key' AND organization_id = :owner";
            case Owner.User u -> "user_id = :owner";
            case Owner.ServiceAccount s -> "service_account_id = :owner";
        };
        UUID id = switch (owner) {
            case Owner.Organization o -> o.id();
            case Owner.User u -> u.id();
            case Owner.ServiceAccount s -> s.id();
        };
        return handle.createQuery("SELECT " + COLUMNS + " FROM tenancy.token WHERE " + condition
                        + " AND (CAST(:after AS uuid) IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit")
                .bind("owner", id)
                .bind("after", after)
                .bind("limit", limit)
                .map(TOKEN)
                .list();
    }

    /** Revokes all tokens of a user. */
    public static void revokeAll(Handle handle, UUID user, Instant now) {
        handle.execute("UPDATE tenancy.token SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL", now, user);
    }

    /** Revokes a token on every node, once the transaction is committed; does nothing when it already is revoked. */
    public static boolean revoke(Handle handle, UUID id, Instant now) {
        boolean revoked =
                handle.createUpdate("UPDATE tenancy.token SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
                                .bind("now", now)
                                .bind("id", id)
                                .execute()
                        == 1;
        if (revoked) {
            handle.execute("SELECT pg_notify(?, ?)", REVOKED_CHANNEL, id.toString());
        }
        return revoked;
    }

    /** An API key as it was found, whatever its state. */
    record ApiKey(TokenHash hash, Token token) {}

    /** The API keys among these hashes, in one round trip. */
    static List<ApiKey> apiKeys(Handle handle, Collection<TokenHash> hashes) throws SQLException {
        byte[][] wanted = hashes.stream().map(TokenHash::bytes).toArray(byte[][]::new);
        return handle.createQuery("SELECT hash, " + COLUMNS
                        + " FROM tenancy.token WHERE kind = 'api_key' AND hash = ANY (:wanted)")
                .bindBySqlType("wanted", handle.getConnection().createArrayOf("bytea", wanted), Types.ARRAY)
                .map((row, context) -> new ApiKey(TokenHash.of(row.getBytes("hash")), TOKEN.map(row, context)))
                .list();
    }

    /** Keeps the times of use, each unless a later one is known. */
    static void used(Handle handle, Map<UUID, Instant> times) {
        PreparedBatch batch = handle.prepareBatch("UPDATE tenancy.token SET last_used_at = :at"
                + " WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)");
        times.forEach((id, at) -> batch.bind("id", id).bind("at", at).add());
        batch.execute();
    }
}
