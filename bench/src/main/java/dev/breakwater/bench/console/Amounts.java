package dev.breakwater.bench.console;

/**
 * How much is stored, and how often each page is asked for.
 *
 * @param events in one workspace; every fourth is delivered
 * @param repositories in one project
 * @param artifacts in each of them
 * @param warmUps requests before the measured ones
 * @param requests that are measured
 */
record Amounts(int events, int repositories, int artifacts, int warmUps, int requests) {

    static Amounts full() {
        return new Amounts(1_000_000, 100, 100, 150, 400);
    }

    static Amounts quick() {
        return new Amounts(20_000, 20, 20, 50, 100);
    }

    /** In words. */
    String words() {
        return "%,d events, %,d deliveries, %,d artifacts in %,d repositories"
                .formatted(events, events / 4, repositories * artifacts, repositories);
    }
}
