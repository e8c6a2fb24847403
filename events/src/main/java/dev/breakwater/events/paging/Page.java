package dev.breakwater.events.paging;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * One page of a list, newest first (events.md 5).
 *
 * @param items of this page
 * @param hasMore whether at least one further item exists
 */
public record Page<T>(List<T> items, boolean hasMore) {

    /** Cuts a page from rows of which one more than the limit was read. */
    public static <T> Page<T> cut(List<T> rows, int limit) {
        return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
    }

    /** The id of the last item, from which the next page continues. */
    public Optional<UUID> end(Function<T, UUID> id) {
        return items.isEmpty() ? Optional.empty() : Optional.of(id.apply(items.getLast()));
    }
}
