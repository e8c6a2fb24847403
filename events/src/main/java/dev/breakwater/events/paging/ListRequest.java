package dev.breakwater.events.paging;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.PageRequest;
import java.util.Optional;

/**
 * Which page of a list is asked for (events.md 5).
 *
 * @param limit the most items, 1 to 100
 * @param startingAfter the cursor as it was sent, empty for the first page
 */
public record ListRequest(int limit, Optional<String> startingAfter) {

    /**
     * Reads {@code limit} and {@code starting_after}.
     *
     * @throws Failure.Invalid when the limit is no number from 1 to 100
     */
    public static ListRequest of(Call call) {
        return new ListRequest(PageRequest.limit(call), call.query("starting_after"));
    }
}
