package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.machine.ProcessorTime;
import dev.breakwater.bench.report.Median;
import java.io.IOException;
import java.util.List;

/** One measured run of a load, with what it took of the processors. */
record Round(Outcome outcome, Cost cost) {

    static Round measure(Stage stage, LoadGenerator generator, Load load) throws IOException {
        ProcessorTime before = stage.serverTime().get();
        Outcome outcome = generator.run(load);
        ProcessorTime taken = stage.serverTime().get().since(before);
        return new Round(outcome, Cost.of(taken, outcome.generatorCpuNanos(), outcome));
    }

    static double rate(List<Round> rounds) {
        return Median.of(rounds, round -> round.outcome().rate());
    }

    static double millisAt(List<Round> rounds, double percentile) {
        return Median.of(rounds, round -> round.outcome().millisAt(percentile));
    }

    static Cost cost(List<Round> rounds) {
        return Cost.median(rounds.stream().map(Round::cost).toList());
    }
}
