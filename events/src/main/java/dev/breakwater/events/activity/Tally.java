package dev.breakwater.events.activity;

/** Counts that add up. */
record Tally(long events, long delivered, long failed) {

    static final Tally NOTHING = new Tally(0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(events + other.events, delivered + other.delivered, failed + other.failed);
    }
}
