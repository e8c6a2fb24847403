package dev.breakwater.registry;

import dev.breakwater.kernel.http.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which page of a list is wanted.
 *
 * @param cursor where the page before it ended, as that page told; empty for the first page
 * @param limit the most items
 */
public record PageAfter(Optional<String> cursor, int limit) {

    /** How many rows to read: one more than the page holds, to know whether there are more. */
    public int rows() {
        return limit + 1;
    }

    /**
     * The page cut from {@link #rows()} rows.
     *
     * @param end what the next page is asked for with, from the last row of this one
     */
    public <T> Page<T> cut(List<T> rows, Function<T, String> end) {
        boolean more = rows.size() > limit;
        List<T> items = more ? rows.subList(0, limit) : rows;
        return new Page<>(items, more ? Optional.of(end.apply(items.getLast())) : Optional.empty());
    }
}
