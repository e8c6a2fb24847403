package dev.breakwater.registry.run;

import java.time.Instant;
import java.util.Map;

/**
 * Work that somebody asked for or that was scheduled (registry.md 3.3, 3.6).
 *
 * @param id its number, which no other run has, of whatever kind
 * @param trigger {@link #MANUAL} or {@link #SCHEDULED}
 * @param parameters how it is done
 * @param status {@code Pending}, {@code Running}, {@code Success}, {@code Error} or {@code Stopped}
 * @param stopping whether somebody wants it to end
 * @param counts what it has done so far, by name
 * @param createdAt when it was asked for
 * @param updatedAt when it last made progress
 */
public record Run<P>(
        long id,
        String trigger,
        P parameters,
        String status,
        boolean stopping,
        Map<String, Long> counts,
        Instant createdAt,
        Instant updatedAt) {

    /** Asked for by somebody. */
    public static final String MANUAL = "MANUAL";

    /** Scheduled. */
    public static final String SCHEDULED = "SCHEDULE";

    static final String PENDING = "Pending";
    static final String SUCCESS = "Success";
    static final String ERROR = "Error";
    static final String STOPPED = "Stopped";

    /** An immutable copy. */
    public Run {
        counts = Map.copyOf(counts);
    }

    /** One of the counts; 0 for what was never counted. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
