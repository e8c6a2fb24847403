package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.load.Pace;
import dev.breakwater.bench.machine.ProcessorTime;
import dev.breakwater.bench.report.Progress;
import dev.breakwater.bench.target.EventsApi;
import dev.breakwater.bench.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What all scenarios share.
 *
 * @param target where the load goes
 * @param api prepares and checks
 * @param effort how long and how often
 * @param progress what the user sees
 * @param numbers of the events of this run
 * @param stored what has been accepted so far
 * @param serverTime what the server has taken of the processors so far
 */
record Stage(
        Target target,
        EventsApi api,
        Effort effort,
        Progress progress,
        Numbers numbers,
        Stored stored,
        Supplier<ProcessorTime> serverTime) {

    /** Makes sure that at least so many events are stored. */
    void store(long events) throws IOException {
        long missing = events - stored.count();
        if (missing <= 0) {
            return;
        }
        progress.say("storing %,d events".formatted(missing));
        try (LoadGenerator generator = new LoadGenerator(target.address(), 256)) {
            Outcome outcome = generator.run(new Load(
                    Pace.closed(),
                    new EventRequests(target, numbers, false, List.of("order.shipped")),
                    stored,
                    Duration.ofMinutes(3),
                    missing));
            requireSuccess(outcome);
        }
    }

    static void requireSuccess(Outcome outcome) throws IOException {
        if (outcome.failures() > 0) {
            throw new IOException("requests failed: " + outcome.failuresInWords());
        }
    }
}
