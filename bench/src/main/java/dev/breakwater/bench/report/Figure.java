package dev.breakwater.bench.report;

import java.util.Locale;

/**
 * One measured number.
 *
 * @param what was measured
 * @param value in {@code unit}, the median of the rounds; NaN when it could not be measured
 * @param unit such as {@code ms}
 * @param bar what it is held against
 * @param remark anything a reader has to know to judge it; may be empty
 */
public record Figure(String what, double value, String unit, Bar bar, String remark) {

    /** A figure that is only reported. */
    public static Figure plain(String what, double value, String unit) {
        return new Figure(what, value, unit, new Bar.None(), "");
    }

    /** A figure that is held against a bar. */
    public static Figure judged(String what, double value, String unit, Bar bar) {
        return new Figure(what, value, unit, bar, "");
    }

    /** A figure that could not be measured, and why. */
    public static Figure missing(String what, String why) {
        return new Figure(what, Double.NaN, "", new Bar.None(), why);
    }

    /** The same figure with a remark, unless that is empty. */
    public Figure remarking(String more) {
        return more.isEmpty()
                ? this
                : new Figure(what, value, unit, bar, remark.isEmpty() ? more : remark + "; " + more);
    }

    String valueInWords() {
        if (Double.isNaN(value)) {
            return "not measured";
        }
        String format = value < 10 ? "%,.2f" : value < 100 ? "%,.1f" : "%,.0f";
        return (String.format(Locale.ROOT, format, value) + " " + unit).strip();
    }

    String verdict() {
        if (Double.isNaN(value)) {
            return "**no**";
        }
        return bar instanceof Bar.None ? "" : bar.metBy(value) ? "yes" : "**no**";
    }
}
