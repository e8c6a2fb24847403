package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.load.Pace;
import dev.breakwater.bench.load.Receiver;
import dev.breakwater.bench.machine.ProcessorTime;
import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.bench.report.Median;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * As many events as can be delivered at the same time: a further one is only sent while fewer than
 * {@value #ON_THE_WAY} accepted ones have not arrived yet. What is measured are arrivals, of which no more can be
 * sustained than that.
 */
record Deliveries(int endpointCount, Bar bar) implements Scenario {

    private static final int CONNECTIONS = 64;
    private static final int ON_THE_WAY = 1_000;
    private static final int MOST_PER_SECOND = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Round(double accepted, double arrived, Cost cost, String failures) {}

    @Override
    public String title() {
        return "deliveries sustained while as many events are taken in, %d %s"
                .formatted(endpointCount, endpointCount == 1 ? "endpoint" : "endpoints");
    }

    @Override
    public List<Figure> run(Stage stage) throws IOException {
        AtomicReference<Timeline> current = new AtomicReference<>(new Timeline(0, 1));
        List<Round> rounds = new ArrayList<>();
        try (Receiver receiver = new Receiver((number, at) -> current.get().arrived(number, at));
                Endpoints endpoints = Endpoints.create(stage, receiver, endpointCount);
                LoadGenerator generator = new LoadGenerator(stage.target().address(), CONNECTIONS)) {
            round(stage, endpoints, receiver, generator, current, stage.effort().warmUp());
            for (int i = 0; i < stage.effort().rounds(); i++) {
                Round round = round(
                        stage,
                        endpoints,
                        receiver,
                        generator,
                        current,
                        stage.effort().round());
                stage.progress()
                        .say("  %,.0f deliveries/s, %,.0f events/s; %s %s"
                                .formatted(
                                        round.arrived(),
                                        round.accepted(),
                                        round.cost().inWords(),
                                        round.failures()));
                rounds.add(round);
            }
        }
        return List.of(Figure.judged(title(), Median.of(rounds, Round::arrived), "deliveries/s", bar)
                .remarking(
                        Cost.median(rounds.stream().map(Round::cost).toList()).inWords())
                .remarking(String.join(
                        ", ",
                        rounds.stream()
                                .map(Round::failures)
                                .filter(f -> !f.isEmpty())
                                .toList())));
    }

    private Round round(
            Stage stage,
            Endpoints endpoints,
            Receiver receiver,
            LoadGenerator generator,
            AtomicReference<Timeline> current,
            Duration duration)
            throws IOException {
        Timeline timeline =
                new Timeline(stage.numbers().next(), Math.toIntExact(MOST_PER_SECOND * duration.toSeconds()));
        current.set(timeline);
        EventRequests requests = new EventRequests(stage.target(), stage.numbers(), false, endpoints.types());
        ProcessorTime before = stage.serverTime().get();
        long receiverBefore = receiver.cpuNanos();
        long start = System.nanoTime();
        Outcome outcome = generator.run(Load.lasting(
                duration,
                Pace.closedWhile(() -> timeline.acceptedCount() - timeline.arrivedCount() < ON_THE_WAY),
                requests,
                stage.stored().and(timeline)));
        Arrival.ofAll(timeline, PATIENCE);
        double arrived = timeline.arrivedBetween(start, start + duration.toNanos()) / (duration.toNanos() / 1e9);
        long bench = outcome.generatorCpuNanos() + receiver.cpuNanos() - receiverBefore;
        Cost cost = Cost.of(stage.serverTime().get().since(before), bench, outcome);
        return new Round(outcome.rate(), arrived, cost, outcome.failuresInWords());
    }
}
