package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;

/** How one surface spells failures. The surface adds what HTTP itself asks for: {@code Allow}, {@code Retry-After}. */
@FunctionalInterface
public interface ErrorDialect {
    /** The answer for a failure; {@code requestId} lets the caller quote it to the operator. */
    Answer render(Failure failure, String requestId);
}
