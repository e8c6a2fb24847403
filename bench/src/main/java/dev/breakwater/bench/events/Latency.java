package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.load.Pace;
import dev.breakwater.bench.load.Receiver;
import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.bench.report.Median;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/**
 * The time from the 201 to the arrival at the receiver, at a fixed rate of events (open loop), all for one endpoint.
 * Sender and receiver are one process with one clock.
 */
record Latency(int perSecond, Bar bar) implements Scenario {

    private static final int CONNECTIONS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Round(Outcome outcome, Histogram latencies, long duplicates) {}

    @Override
    public String title() {
        return "acceptance to receiver at %,d events/s".formatted(perSecond);
    }

    @Override
    public List<Figure> run(Stage stage) throws IOException {
        AtomicReference<Timeline> current = new AtomicReference<>(new Timeline(0, 1));
        List<Round> rounds = new ArrayList<>();
        try (Receiver receiver = new Receiver((number, at) -> current.get().arrived(number, at));
                Endpoints endpoints = Endpoints.create(stage, receiver, 1);
                LoadGenerator generator = new LoadGenerator(stage.target().address(), CONNECTIONS)) {
            round(stage, endpoints, generator, current, stage.effort().warmUp());
            for (int i = 0; i < stage.effort().rounds(); i++) {
                Round round = round(
                        stage, endpoints, generator, current, stage.effort().round());
                stage.progress()
                        .say("  p50 %.1f ms, p99 %.1f ms, most %.1f ms; 201 after p99 %.1f ms %s"
                                .formatted(
                                        round.latencies().getValueAtPercentile(50) / 1e6,
                                        round.latencies().getValueAtPercentile(99) / 1e6,
                                        round.latencies().getMaxValue() / 1e6,
                                        round.outcome().millisAt(99),
                                        round.outcome().failuresInWords()));
                rounds.add(round);
            }
        }
        long duplicates = rounds.stream().mapToLong(Round::duplicates).sum();
        return List.of(
                Figure.plain(title() + ": p50", percentile(rounds, 50), "ms"),
                Figure.judged(title() + ": p99", percentile(rounds, 99), "ms", bar)
                        .remarking("the 201 itself: p50 %.1f ms, p99 %.1f ms"
                                .formatted(
                                        Median.of(
                                                rounds, round -> round.outcome().millisAt(50)),
                                        Median.of(
                                                rounds, round -> round.outcome().millisAt(99))))
                        .remarking(duplicates > 0 ? duplicates + " delivered twice" : ""));
    }

    private Round round(
            Stage stage,
            Endpoints endpoints,
            LoadGenerator generator,
            AtomicReference<Timeline> current,
            Duration duration)
            throws IOException {
        Timeline timeline =
                new Timeline(stage.numbers().next(), Math.toIntExact(perSecond * duration.toSeconds() + CONNECTIONS));
        current.set(timeline);
        EventRequests requests = new EventRequests(stage.target(), stage.numbers(), false, endpoints.types());
        Outcome outcome = generator.run(Load.lasting(
                duration, Pace.open(perSecond), requests, stage.stored().and(timeline)));
        Arrival.ofAll(timeline, PATIENCE);
        return new Round(outcome, timeline.acceptanceToArrival(), timeline.duplicates());
    }

    private static double percentile(List<Round> rounds, double percentile) {
        return Median.of(rounds, round -> round.latencies().getValueAtPercentile(percentile) / 1e6);
    }
}
