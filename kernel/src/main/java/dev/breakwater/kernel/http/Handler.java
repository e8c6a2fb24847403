package dev.breakwater.kernel.http;

/** Answers the calls of one route. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one call.
     *
     * @throws dev.breakwater.kernel.failure.Failure for anything that the caller should hear about; the surface
     *     renders it
     */
    Answer handle(Call call);
}
