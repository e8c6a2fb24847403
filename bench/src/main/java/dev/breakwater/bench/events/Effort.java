package dev.breakwater.bench.events;

import java.time.Duration;

/**
 * How long and how often to measure.
 *
 * @param rounds of each scenario; figures are their medians
 * @param warmUp before the first round of each scenario
 * @param round of one measurement
 * @param storedEvents how many events there are when reading is measured
 * @param laterStarts how often the start-up is repeated
 */
record Effort(int rounds, Duration warmUp, Duration round, long storedEvents, int laterStarts) {

    static Effort full() {
        return new Effort(3, Duration.ofSeconds(4), Duration.ofSeconds(6), 1_000_000, 3);
    }

    static Effort quick() {
        return new Effort(1, Duration.ofSeconds(3), Duration.ofSeconds(3), 100_000, 1);
    }
}
