package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token of a user or a service account, as the admin API shows it. */
record OwnedTokenView(
        String id,
        String name,
        String prefix,
        String lastFour,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    static OwnedTokenView of(Token token) {
        return new OwnedTokenView(
                text(token),
                token.name(),
                token.prefix(),
                token.lastFour(),
                Fields.seconds(token.createdAt()),
                token.createdBy(),
                Fields.secondsOrNull(token.expiresAt()),
                Fields.secondsOrNull(token.revokedAt()),
                Fields.secondsOrNull(token.lastUsedAt()));
    }

    static String text(Token token) {
        return Ids.text("tok", token.id());
    }
}
