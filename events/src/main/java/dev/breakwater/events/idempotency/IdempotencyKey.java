package dev.breakwater.events.idempotency;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import java.util.Optional;

/** The {@code Idempotency-Key} header (events.md 6). */
public final class IdempotencyKey {

    private static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    /** The header that marks the answer to a repeated request. */
    public static final String REPLAYED = "Idempotent-Replayed";

    /**
     * The key of a request, empty when it has none.
     *
     * @throws Failure.Invalid when it is not 1 to 255 printable ASCII characters
     */
    public static Optional<String> of(Call call) {
        Optional<String> key = call.header("Idempotency-Key");
        key.ifPresent(text -> {
            if (text.isEmpty() || text.length() > MAX_LENGTH || text.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
                throw new Failure.Invalid(
                        "Invalid value for Idempotency-Key: use 1 to %d printable ASCII characters without spaces."
                                .formatted(MAX_LENGTH));
            }
        });
        return key;
    }

    /** The failure for a key that stands for another body. */
    public static Failure.Conflict conflict(String key) {
        return new Failure.Conflict(
                "idempotency_conflict", "Idempotency-Key %s was already used with a different payload.".formatted(key));
    }

    /** The failure for a key whose first request has not ended yet. */
    public static Failure.Conflict inProgress(String key) {
        return new Failure.Conflict(
                "idempotency_conflict", "Idempotency-Key %s is in use by a request in progress.".formatted(key));
    }
}
