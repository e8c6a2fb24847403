package dev.breakwater.console.page;

import dev.breakwater.kernel.http.Answer;

/** Answers whoever asks. */
@FunctionalInterface
public interface ReaderHandler {
    /**
     * Answers one reader.
     *
     * @throws dev.breakwater.kernel.failure.Failure for anything the reader should read about
     */
    Answer handle(Reader reader);
}
