package dev.breakwater.kernel.limit;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of its own that a workspace or a key may have instead of the installation's (events.md 12). On the wire it is
 * {@code "unlimited"} or an object with {@code requests_per_minute} and {@code burst}; null stands for none of its own.
 *
 * @param requestsPerMinute 0 for as often as it likes
 * @param burst the most requests at one instant
 */
public record RateLimit(int requestsPerMinute, int burst) {

    /** No limit at all. */
    public static final RateLimit UNLIMITED = new RateLimit(0, 0);

    /** How it is spelled that there is no limit. */
    public static final String WIRE = "unlimited";

    private record View(int requestsPerMinute, int burst) {}

    /** The numbers as two columns of a table hold them; none when either is null. */
    public static @Nullable RateLimit of(@Nullable Integer requestsPerMinute, @Nullable Integer burst) {
        return requestsPerMinute == null || burst == null ? null : new RateLimit(requestsPerMinute, burst);
    }

    /** What answers show. */
    public Object view() {
        return unlimited() ? WIRE : new View(requestsPerMinute, burst);
    }

    /** Whether there is no limit. */
    public boolean unlimited() {
        return requestsPerMinute == 0;
    }

    /** The numbers of an allowance; empty for no limit. */
    public Optional<Allowance.Limit> allowance() {
        return unlimited()
                ? Optional.empty()
                : Optional.of(new Allowance.Limit(requestsPerMinute, Duration.ofMinutes(1), burst));
    }
}
