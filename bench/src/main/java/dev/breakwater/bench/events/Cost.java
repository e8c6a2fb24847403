package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.machine.ProcessorTime;
import dev.breakwater.bench.report.Median;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Processor time for each request, in microseconds: what a rate comes down to when all share the same cores. Unlike the
 * rate, it hardly depends on what else the machine is doing.
 */
record Cost(double server, double postgres, double bench) {

    /**
     * What one request of a run has taken.
     *
     * @param server the processor time of the server and its database
     * @param benchNanos that of the threads of the bench
     */
    static Cost of(ProcessorTime server, long benchNanos, Outcome outcome) {
        double requests = Math.max(1, outcome.answers());
        return new Cost(
                micros(server.jvm()) / requests, micros(server.postgres()) / requests, benchNanos / 1e3 / requests);
    }

    static Cost median(List<Cost> rounds) {
        return new Cost(
                Median.of(rounds, Cost::server), Median.of(rounds, Cost::postgres), Median.of(rounds, Cost::bench));
    }

    String inWords() {
        String generator = String.format(Locale.ROOT, "bench %.0f µs", bench);
        return server == 0
                ? "CPU time each: " + generator
                : String.format(
                        Locale.ROOT,
                        "CPU time each: server %.0f µs, PostgreSQL %.0f µs, %s",
                        server,
                        postgres,
                        generator);
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }
}
