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
import java.util.Locale;

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
        List<Outcome> rounds = new ArrayList<>();
        EventRequests requests = new EventRequests(stage.target(), stage.numbers(), keyed, List.of("order.shipped"));
        try (LoadGenerator generator = new LoadGenerator(stage.target().address(), connections)) {
            generator.run(load(stage, requests, stage.effort().warmUp()));
            for (int i = 0; i < stage.effort().rounds(); i++) {
                Outcome round =
                        generator.run(load(stage, requests, stage.effort().round()));
                stage.progress()
                        .say("  %,.0f events/s, p50 %.1f ms, p99 %.1f ms, generator %.1f µs/request %s"
                                .formatted(
                                        round.rate(),
                                        round.millisAt(50),
                                        round.millisAt(99),
                                        round.generatorCpuNanos() / 1e3 / round.answers(),
                                        round.failuresInWords()));
                rounds.add(round);
            }
        }
        String failures = rounds.stream()
                .map(Outcome::failuresInWords)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .map(words -> "failed: " + words)
                .orElse("");
        double rate = Median.of(rounds, Outcome::rate);
        return List.of(
                Figure.judged(title() + ": rate", rate, "events/s", rateBar).remarking(failures),
                Figure.plain(title() + ": p50", Median.of(rounds, round -> round.millisAt(50)), "ms"),
                Figure.plain(title() + ": p99", Median.of(rounds, round -> round.millisAt(99)), "ms")
                        .remarking(generatorShare(rounds)));
    }

    private static Load load(Stage stage, EventRequests requests, Duration duration) {
        return Load.lasting(duration, Pace.closed(), requests, stage.stored());
    }

    private static String generatorShare(List<Outcome> rounds) {
        double share = Median.of(rounds, round -> round.generatorCpuNanos() / 1e9 / round.seconds());
        return String.format(Locale.ROOT, "the load generator takes %.0f %% of one core", share * 100);
    }
}
