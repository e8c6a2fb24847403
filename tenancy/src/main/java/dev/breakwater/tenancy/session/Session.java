package dev.breakwater.tenancy.session;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A user's session. It ends eight hours after its last use, and in any case 30 days after its beginning.
 *
 * @param id its identity
 * @param userId whose session it is
 * @param createdAt when it began
 * @param usedAt about when it was last used, at most a minute late
 */
public record Session(UUID id, UUID userId, Instant createdAt, Instant usedAt) {

    static final Duration IDLE_LIMIT = Duration.ofHours(8);
    static final Duration LIMIT = Duration.ofDays(30);

    boolean livesAt(Instant now) {
        return now.isBefore(usedAt.plus(IDLE_LIMIT)) && now.isBefore(endsAt());
    }

    /** When it ends at the latest. */
    public Instant endsAt() {
        return createdAt.plus(LIMIT);
    }
}
