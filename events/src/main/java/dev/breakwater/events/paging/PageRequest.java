package dev.breakwater.events.paging;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import java.util.Optional;

/**
 * Which page of a list is asked for (events.md 5).
 *
 * @param limit the most items, 1 to 100
 * @param startingAfter the cursor as it was sent, empty for the first page
 */
public record PageRequest(int limit, Optional<String> startingAfter) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /**
     * Reads {@code limit} and {@code starting_after}.
     *
     * @throws Failure.Invalid when the limit is no number from 1 to 100
     */
    public static PageRequest of(Call call) {
        return new PageRequest(limit(call.query("limit")), call.query("starting_after"));
    }

    private static int limit(Optional<String> text) {
        if (text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text.get());
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for every wrong limit.
        }
        throw new Failure.Invalid("limit", "limit must be between 1 and 100.");
    }
}
