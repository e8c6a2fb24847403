package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Answers;
import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Outcome;
import dev.breakwater.bench.load.Pace;
import dev.breakwater.bench.load.Requests;
import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Lists and single events out of many, as fast as the server answers on {@value #CONNECTIONS} connections (closed
 * loop): what the slowest one in a hundred takes while the machine is busy with reading alone.
 */
record Reading(Kind kind, Bar bar) implements Scenario {

    private static final int CONNECTIONS = 8;
    private static final int SHORTER = 2;

    /** What is read, {@code limit=100} for every list. */
    enum Kind {
        NEWEST("list, newest 100 events"),
        DEEP("list, 100 events deep in the past, by cursor"),
        FREQUENT_TYPE("list, newest 100 of a frequent type"),
        RARE_TYPE("list, newest 100 of a type that is one in thousands"),
        SINGLE("retrieve by id");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private Stream<String> paths(Stage stage) {
        return switch (kind) {
            case NEWEST -> Stream.of(list(stage, ""));
            case DEEP -> older(stage).map(sample -> list(stage, "&starting_after=" + sample.id()));
            case FREQUENT_TYPE -> Stream.of(list(stage, "&type=order.shipped"));
            case RARE_TYPE -> Stream.of(list(stage, "&type=" + Preparation.RARE_TYPE));
            case SINGLE -> older(stage).map(sample -> "/v1/events/" + sample.id());
        };
    }

    private static String list(Stage stage, String more) {
        return "/v1/events?workspace_id=" + stage.target().workspace() + "&limit=100" + more;
    }

    /** Every sample but the first and the last, so that a whole page lies behind each. */
    private static Stream<Stored.Sample> older(Stage stage) {
        List<Stored.Sample> samples = stage.stored().samples();
        return samples.stream().skip(1).limit(Math.max(1, samples.size() - 2));
    }

    /** A fixed set of requests, in turns. */
    private static final class Turns implements Requests {
        private final List<ByteBuffer> requests;
        private int next;

        Turns(Stage stage, Stream<String> paths) {
            requests = paths.map(path -> request(stage, path)).toList();
        }

        private static ByteBuffer request(Stage stage, String path) {
            byte[] bytes = "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(path, stage.target().host(), stage.target().key())
                    .getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.allocateDirect(bytes.length).put(bytes);
        }

        @Override
        public ByteBuffer next() {
            next = (next + 1) % requests.size();
            return requests.get(next).rewind();
        }

        @Override
        public long number() {
            return next;
        }
    }

    @Override
    public String title() {
        return kind.words;
    }

    @Override
    public List<Figure> run(Stage stage) throws IOException {
        stage.store(stage.effort().storedEvents());
        Turns requests = new Turns(stage, paths(stage));
        List<Round> rounds = new ArrayList<>();
        try (LoadGenerator generator = new LoadGenerator(stage.target().address(), CONNECTIONS)) {
            generator.run(load(requests, stage.effort().warmUp().dividedBy(SHORTER)));
            for (int i = 0; i < stage.effort().rounds(); i++) {
                Round round = Round.measure(
                        stage, generator, load(requests, stage.effort().round().dividedBy(SHORTER)));
                Outcome outcome = round.outcome();
                Stage.requireSuccess(outcome);
                stage.progress()
                        .say("  %,.0f requests/s, p50 %.1f ms, p99 %.1f ms; %s"
                                .formatted(
                                        outcome.rate(),
                                        outcome.millisAt(50),
                                        outcome.millisAt(99),
                                        round.cost().inWords()));
                rounds.add(round);
            }
        }
        String remark = String.format(
                Locale.ROOT,
                "p50 %.1f ms, %,.0f requests/s, %,d events stored; %s",
                Round.millisAt(rounds, 50),
                Round.rate(rounds),
                stage.stored().count(),
                Round.cost(rounds).inWords());
        return List.of(new Figure(title() + ": p99", Round.millisAt(rounds, 99), "ms", bar, remark));
    }

    private static Load load(Turns requests, Duration duration) {
        return Load.lasting(duration, Pace.closed(), requests, Answers.ignored());
    }
}
