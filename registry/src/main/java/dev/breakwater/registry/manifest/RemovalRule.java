package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.failure.Failure;
import org.jdbi.v3.core.Handle;

/**
 * Something that may forbid a removal, such as immutable tags or the read-only mode (registry.md 2.2, 2.4). It is asked
 * in the transaction that would remove, and answers by throwing {@link Failure.Forbidden} or
 * {@link Failure.Precondition}.
 */
@FunctionalInterface
public interface RemovalRule {
    /** Whether this may be removed. */
    void check(Handle handle, Removal removal);
}
