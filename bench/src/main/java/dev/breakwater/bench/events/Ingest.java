package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.load.Pace;
import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events as fast as the server takes them, each connection waiting for its answer before it sends the next (closed
 * loop), without webhooks.
 */
record Ingest(int connections, boolean keyed, Bar rateBar) implements Scenario {

    @Override
    public String title() {
        return "ingest, %d connections, %s idempotency keys".formatted(connections, keyed ? "with" : "without");
    }

    @Override
    public List<Figure> run(Stage stage) throws IOException {
        List<Round> rounds = new ArrayList<>();
        EventRequests requests = new EventRequests(stage.target(), stage.numbers(), keyed, List.of("order.shipped"));
        try (LoadGenerator generator = new LoadGenerator(stage.target().address(), connections)) {
            generator.run(load(stage, requests, stage.effort().warmUp()));
            for (int i = 0; i < stage.effort().rounds(); i++) {
                Round round = Round.measure(
                        stage, generator, load(stage, requests, stage.effort().round()));
                Outcome outcome = round.outcome();
                stage.progress()
                        .say("  %,.0f events/s, p50 %.1f ms, p99 %.1f ms; %s %s"
                                .formatted(
                                        outcome.rate(),
                                        outcome.millisAt(50),
                                        outcome.millisAt(99),
                                        round.cost().inWords(),
                                        outcome.failuresInWords()));
                rounds.add(round);
            }
        }
        String failures = rounds.stream()
                .map(round -> round.outcome().failuresInWords())
                .filter(words -> !words.isEmpty())
                .findFirst()
                .map(words -> "failed: " + words)
                .orElse("");
        return List.of(
                Figure.judged(title() + ": rate", Round.rate(rounds), "events/s", rateBar)
                        .remarking(Round.cost(rounds).inWords())
                        .remarking(failures),
                Figure.plain(title() + ": p50", Round.millisAt(rounds, 50), "ms"),
                Figure.plain(title() + ": p99", Round.millisAt(rounds, 99), "ms"));
    }

    private static Load load(Stage stage, EventRequests requests, Duration duration) {
        return Load.lasting(duration, Pace.closed(), requests, stage.stored());
    }
}
