package dev.breakwater.console.home;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A chart of bars, one for each span of time, as it is drawn. It has no style of its own; the stylesheet gives each kind
 * of bar its colour.
 *
 * @param bars from left to right
 * @param highest what the highest bar stands for
 * @param total what all bars stand for
 */
public record Chart(List<Bar> bars, long highest, long total) {

    /** How wide the drawing is, in its own units. */
    public static final int WIDTH = 600;

    /** How high the drawing is. */
    public static final int HEIGHT = 90;

    private static final double GAP = 0.28;
    private static final double LEAST = 1.5;

    /**
     * A part of the drawing.
     *
     * @param x its left edge
     * @param y its upper edge
     * @param width of it
     * @param height of it
     * @param kind how the stylesheet knows it
     */
    public record Bar(String x, String y, String width, String height, String kind) {}

    /** What is shown of each span, from the ground up. */
    public record Series<T>(String kind, ToLongFunction<T> value) {}

    /** Draws a chart whose bars are stacked from these series. */
    @SafeVarargs
    public static <T> Chart of(List<T> spans, Series<T>... series) {
        long highest = 0;
        long total = 0;
        for (T span : spans) {
            long sum = 0;
            for (Series<T> each : series) {
                sum += each.value().applyAsLong(span);
            }
            highest = Math.max(highest, sum);
            total += sum;
        }
        List<Bar> bars = new ArrayList<>();
        double step = (double) WIDTH / Math.max(1, spans.size());
        for (int i = 0; i < spans.size(); i++) {
            double y = HEIGHT;
            for (Series<T> each : series) {
                long value = each.value().applyAsLong(spans.get(i));
                if (value > 0) {
                    double height = Math.max(LEAST, (double) HEIGHT * value / highest);
                    y -= height;
                    bars.add(new Bar(
                            number(i * step), number(y), number(step * (1 - GAP)), number(height), each.kind()));
                }
            }
        }
        return new Chart(bars, highest, total);
    }

    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + Math.abs(tenths % 10);
    }
}
