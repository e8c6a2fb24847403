package dev.breakwater.bench.events;

/** Hands out the numbers that events carry in their payloads: ten digits, each once in a run of the bench. */
final class Numbers {

    static final int DIGITS = 10;

    private long next = 1_000_000_000L;

    long take() {
        return next++;
    }

    /** The number that comes next. */
    long next() {
        return next;
    }
}
