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
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long a backlog takes. The receiver hangs, that is, takes requests and does not answer, while all the events are
 * accepted; the clock runs from the moment at which it answers again to the arrival of the last event.
 */
record Drain(int events, int endpointCount) implements Scenario {

    private static final int CONNECTIONS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Round(double acceptSeconds, double drainSeconds) {}

    @Override
    public String title() {
        return "drain of %,d events, %d endpoints".formatted(events, endpointCount);
    }

    @Override
    public List<Figure> run(Stage stage) throws IOException {
        AtomicReference<Timeline> current = new AtomicReference<>(new Timeline(0, 1));
        List<Round> rounds = new ArrayList<>();
        try (Receiver receiver = new Receiver((number, at) -> current.get().arrived(number, at));
                Endpoints endpoints = Endpoints.create(stage, receiver, endpointCount);
                LoadGenerator generator = new LoadGenerator(stage.target().address(), CONNECTIONS)) {
            for (int i = 0; i < stage.effort().rounds(); i++) {
                Round round = round(stage, endpoints, receiver, generator, current);
                stage.progress()
                        .say("  accepted in %.1f s, drained in %.1f s"
                                .formatted(round.acceptSeconds(), round.drainSeconds()));
                rounds.add(round);
            }
        }
        double seconds = Median.of(rounds, Round::drainSeconds);
        return List.of(new Figure(
                title(),
                seconds,
                "s",
                new Bar.None(),
                String.format(Locale.ROOT, "%,.0f deliveries/s", events / seconds)));
    }

    private Round round(
            Stage stage,
            Endpoints endpoints,
            Receiver receiver,
            LoadGenerator generator,
            AtomicReference<Timeline> current)
            throws IOException {
        Timeline timeline = new Timeline(stage.numbers().next(), events);
        current.set(timeline);
        EventRequests requests = new EventRequests(stage.target(), stage.numbers(), false, endpoints.types());
        receiver.hold();
        try {
            Outcome outcome = generator.run(
                    new Load(Pace.closed(), requests, stage.stored().and(timeline), Duration.ofMinutes(1), events));
            Stage.requireSuccess(outcome);
            long release = System.nanoTime();
            receiver.release();
            Arrival.ofAll(timeline, PATIENCE);
            return new Round(outcome.seconds(), (timeline.lastArrival() - release) / 1e9);
        } finally {
            receiver.release();
        }
    }
}
