package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Page;
import java.util.Optional;

/**
 * The way from one page of a list to the next.
 *
 * @param newest the address of the first page; empty on it
 * @param older the address of the next page; empty on the last one
 */
public record Pager(Optional<String> newest, Optional<String> older) {

    /** The way on from this page. */
    public static Pager of(Query query, Page<?> page) {
        return new Pager(
                query.first() ? Optional.empty() : Optional.of(query.from(Optional.empty())),
                page.next().map(next -> query.from(Optional.of(next))));
    }

    /** Whether everything is on one page. */
    public boolean single() {
        return newest.isEmpty() && older.isEmpty();
    }
}
