package dev.breakwater.bench.load;

import java.util.function.Supplier;

/** Is told of every answer, on the thread of the load generator: it must be quick. */
@FunctionalInterface
public interface Answers {

    /**
     * An answer has arrived.
     *
     * @param number of the request
     * @param status of the answer
     * @param at when it was complete, in terms of {@link System#nanoTime()}
     * @param body makes the body on request, only during this call
     */
    void answered(long number, int status, long at, Supplier<String> body);

    /** Tells both. */
    default Answers and(Answers other) {
        return (number, status, at, body) -> {
            answered(number, status, at, body);
            other.answered(number, status, at, body);
        };
    }

    /** Whoever only wants the rate and the latency. */
    static Answers ignored() {
        return (number, status, at, body) -> {};
    }
}
