package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.limit.RateLimit;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a token, of whatever family. The token itself is not part of it.
 *
 * @param id its identity
 * @param kind which family it belongs to
 * @param name what people call it
 * @param prefix how it begins, as far as that may be shown
 * @param lastFour how it ends
 * @param userId whose personal token it is; null for the other families
 * @param serviceAccountId whose token it is; null for the other families
 * @param organizationId to which it is bound; null for a token of the whole account
 * @param environment to which an API key is bound; null for the other families
 * @param unrestricted whether it carries every scope
 * @param scopes the scopes it carries when not unrestricted
 * @param limitedTo the only resources it reaches; empty for no narrowing
 * @param ratePerMinute how often it may call in a minute, 0 for as often as it likes; null for the usual numbers
 * @param rateBurst how often at one instant; null for the usual numbers
 * @param createdAt when it was made
 * @param createdBy who made it, as the audit trail spells callers
 * @param expiresAt when it ceases to work; null for never
 * @param revokedAt when it was revoked; null when it was not
 * @param lastUsedAt about when it was last used, at most a minute late; null for never
 */
public record Token(
        UUID id,
        Kind kind,
        String name,
        String prefix,
        String lastFour,
        @Nullable UUID userId,
        @Nullable UUID serviceAccountId,
        @Nullable UUID organizationId,
        @Nullable Environment environment,
        boolean unrestricted,
        List<String> scopes,
        List<UUID> limitedTo,
        @Nullable Integer ratePerMinute,
        @Nullable Integer rateBurst,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /** The families of tokens. */
    public enum Kind {
        /** A key of an organization, {@code hb_…}. */
        API_KEY,
        /** A token of a user, {@code pat.…}. */
        PERSONAL,
        /** A token of a service account, {@code sat.…}. */
        SERVICE_ACCOUNT
    }

    /** How often it may call, when that differs from the usual numbers. */
    public @Nullable RateLimit rateLimit() {
        return RateLimit.of(ratePerMinute, rateBurst);
    }

    /** Whether it works at this time, as far as the token itself goes. */
    public boolean worksAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
