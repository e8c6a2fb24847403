package dev.breakwater.registry.collection;

import java.time.Instant;
import org.jdbi.v3.core.statement.Query;

/**
 * Up to when things must have been left alone to be collected.
 *
 * @param young what was pushed or linked after this is spared
 * @param deleted what was deleted after this can still be brought back
 */
record Limits(Instant young, Instant deleted) {

    /** Gives a statement the limits that it names. */
    Query bind(Query query) {
        return query.bind("young", young).bind("deleted", deleted);
    }
}
