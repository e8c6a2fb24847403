package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes tokens of every family. The secret is handed out here and nowhere else. */
public final class TokenIssue {

    private final TimeSource time;
    private final Ids ids;

    /** Tokens get ids of this generator. */
    public TokenIssue(TimeSource time, Ids ids) {
        this.time = time;
        this.ids = ids;
    }

    /** A token together with its secret. */
    public record Issued(Token token, TokenSecret secret) {}

    /**
     * How far an API key reaches.
     *
     * @param organization whose key it is
     * @param environment in which it works
     * @param unrestricted whether it carries every scope
     * @param scopes the scopes it carries when not unrestricted
     * @param limitedTo the only resources it reaches; empty for all of the organization's
     * @param rateLimit how often it may call; null for the usual numbers
     */
    public record Reach(
            UUID organization,
            Environment environment,
            boolean unrestricted,
            List<String> scopes,
            List<UUID> limitedTo,
            @Nullable RateLimit rateLimit) {

        /** Everything of an organization in one environment. */
        public static Reach all(UUID organization, Environment environment) {
            return new Reach(organization, environment, true, List.of(), List.of(), null);
        }
    }

    /** A new API key. */
    public Issued apiKey(Handle handle, Reach reach, String name, String createdBy, @Nullable Instant expiresAt) {
        TokenSecret secret = TokenSecret.apiKey(reach.environment());
        return store(
                handle,
                secret,
                new Token(
                        ids.next(),
                        Token.Kind.API_KEY,
                        name,
                        secret.prefix(),
                        secret.lastFour(),
                        null,
                        null,
                        reach.organization(),
                        reach.environment(),
                        reach.unrestricted(),
                        reach.scopes(),
                        reach.limitedTo(),
                        reach.rateLimit() == null ? null : reach.rateLimit().requestsPerMinute(),
                        reach.rateLimit() == null ? null : reach.rateLimit().burst(),
                        time.instant(),
                        createdBy,
                        expiresAt,
                        null,
                        null));
    }

    /** A new personal token of a user. */
    public Issued personal(
            Handle handle, String account, UUID user, String name, String createdBy, @Nullable Instant expiresAt) {
        return ofPrincipal(
                handle, TokenSecret.personal(account), Token.Kind.PERSONAL, user, null, name, createdBy, expiresAt);
    }

    /** A new token of a service account. */
    public Issued serviceAccount(
            Handle handle,
            String account,
            UUID serviceAccount,
            String name,
            String createdBy,
            @Nullable Instant expiresAt) {
        return ofPrincipal(
                handle,
                TokenSecret.serviceAccount(account),
                Token.Kind.SERVICE_ACCOUNT,
                null,
                serviceAccount,
                name,
                createdBy,
                expiresAt);
    }

    /** Such a token acts with the roles of its owner, so it carries no bounds of its own. */
    private Issued ofPrincipal(
            Handle handle,
            TokenSecret secret,
            Token.Kind kind,
            @Nullable UUID user,
            @Nullable UUID serviceAccount,
            String name,
            String createdBy,
            @Nullable Instant expiresAt) {
        return store(
                handle,
                secret,
                new Token(
                        ids.next(),
                        kind,
                        name,
                        secret.prefix(),
                        secret.lastFour(),
                        user,
                        serviceAccount,
                        null,
                        null,
                        true,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        time.instant(),
                        createdBy,
                        expiresAt,
                        null,
                        null));
    }

    private static Issued store(Handle handle, TokenSecret secret, Token token) {
        TokenStore.insert(handle, token, secret.hash());
        return new Issued(token, secret);
    }
}
