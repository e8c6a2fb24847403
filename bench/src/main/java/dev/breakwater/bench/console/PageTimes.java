package dev.breakwater.bench.console;

import dev.breakwater.bench.report.Bar;
import dev.breakwater.bench.report.Figure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** How long one page took, from the request to the last byte of the answer, in milliseconds. */
final class PageTimes {

    private static final double LIMIT = 50;

    private final String name;
    private final double[] sorted;

    private PageTimes(String name, double[] sorted) {
        this.name = name;
        this.sorted = sorted;
    }

    static PageTimes of(Visit visit, String name, String path, Amounts amounts) throws IOException {
        for (int i = 0; i < amounts.warmUps(); i++) {
            visit.page(path);
        }
        double[] times = new double[amounts.requests()];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            visit.page(path);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return new PageTimes(name, times);
    }

    private double at(double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }

    Figure figure() {
        return Figure.judged(name + ", p95", at(0.95), "ms", new Bar.AtMost(LIMIT))
                .remarking(String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", at(0.5), at(0.99)));
    }
}
