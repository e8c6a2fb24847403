package dev.breakwater.kernel.http;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list, newest first.
 *
 * @param items of this page
 * @param next the {@code starting_after} of the page that follows; empty when this is the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** Immutable. */
    public Page {
        items = List.copyOf(items);
    }
}
