package dev.breakwater.events.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt.
 *
 * @param work the delivery
 * @param startedAt when the attempt began
 * @param duration how long it took
 * @param reply what came back
 * @param nextDue when the next attempt is due, should there be one; null after success and after the last step
 */
record Outcome(
        Work work,
        Instant startedAt,
        Duration duration,
        Reply reply,
        @Nullable Instant nextDue) {

    Outcome {
        if (reply.error().isEmpty() && nextDue != null) {
            throw new IllegalArgumentException("What was delivered is not due again");
        }
    }
}
