package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Answer;

/** Answers a signed-in visitor. */
@FunctionalInterface
public interface PageHandler {
    /**
     * Answers one visit.
     *
     * @throws dev.breakwater.kernel.failure.Failure for anything the visitor should read about
     */
    Answer handle(Visit visit);
}
