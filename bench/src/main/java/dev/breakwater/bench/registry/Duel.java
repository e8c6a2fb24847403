package dev.breakwater.bench.registry;

import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import dev.breakwater.bench.report.Median;
import dev.breakwater.bench.report.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Measures the same work on both sides, in turns, so that whatever else the machine does meets both alike.
 *
 * @param ours Breakwater
 * @param rival the other one, when there is one
 * @param rounds how often each is measured
 * @param round how long one measurement takes
 * @param progress where it is told of
 */
record Duel(OurSide ours, Optional<Side> rival, int rounds, Duration round, Progress progress) {

    /** The work on one side, for so long. */
    @FunctionalInterface
    interface Work {
        /** Does it and gives what was done. */
        Crew.Done on(Side side, Duration duration) throws IOException;
    }

    /**
     * The figures of one kind of work.
     *
     * @param title what it is
     * @param unit of its rate, {@code requests/s} or {@code MB/s}
     * @param ratio how many times the rival's rate ours has to be; 0 for no bar
     */
    List<Figure> measure(String title, String unit, double ratio, Work work) throws IOException {
        progress.say(title);
        ToDoubleFunction<Crew.Done> rate = unit.equals("MB/s") ? Crew.Done::megabytesPerSecond : Crew.Done::rate;
        List<Crew.Done> own = new ArrayList<>();
        List<Crew.Done> other = new ArrayList<>();
        // The first round of each side warms it up, and is not counted.
        for (int i = 0; i <= rounds; i++) {
            Crew.Done done = work.on(ours, round);
            Optional<Crew.Done> theirs =
                    rival.isPresent() ? Optional.of(work.on(rival.get(), round)) : Optional.empty();
            if (i > 0) {
                own.add(done);
                theirs.ifPresent(other::add);
            }
            progress.say(String.format(
                    Locale.ROOT,
                    "  %,.0f %s%s",
                    rate.applyAsDouble(done),
                    unit,
                    theirs.map(t -> String.format(Locale.ROOT, ", rival %,.0f", rate.applyAsDouble(t)))
                            .orElse("")));
        }
        List<Figure> figures = new ArrayList<>();
        double mine = Median.of(own, rate);
        figures.add(Figure.plain(title + ": Breakwater", mine, unit).remarking(cost(own, unit)));
        rival.ifPresent(side -> {
            double theirs = Median.of(other, rate);
            figures.add(Figure.plain(title + ": " + side.name(), theirs, unit).remarking(cost(other, unit)));
            figures.add(Figure.judged(
                    title + ": ratio", mine / theirs, "", ratio > 0 ? new Bar.AtLeast(ratio) : new Bar.None()));
        });
        return figures;
    }

    private static String cost(List<Crew.Done> rounds, String unit) {
        double p99 = Median.of(rounds, done -> done.millisAt(99));
        return unit.equals("MB/s")
                ? String.format(
                        Locale.ROOT, "server CPU %.2f ms/MB", Median.of(rounds, Crew.Done::serverMillisPerMegabyte))
                : String.format(
                        Locale.ROOT,
                        "p99 %.2f ms, server CPU %,.0f µs each",
                        p99,
                        Median.of(rounds, Crew.Done::serverMicrosPerStep));
    }
}
