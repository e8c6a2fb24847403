package dev.breakwater.bench.report;

import java.util.Locale;

/** What a figure has to reach. */
public sealed interface Bar {

    /** Whether {@code value} is good enough. */
    boolean metBy(double value);

    /** In words, without the unit: {@code ≥ 20,000}. */
    String words();

    /** The value is to be so much or more. */
    record AtLeast(double limit) implements Bar {
        @Override
        public boolean metBy(double value) {
            return value >= limit;
        }

        @Override
        public String words() {
            return "≥ " + number(limit);
        }
    }

    /** The value is to be so much or less. */
    record AtMost(double limit) implements Bar {
        @Override
        public boolean metBy(double value) {
            return value <= limit;
        }

        @Override
        public String words() {
            return "≤ " + number(limit);
        }
    }

    /** The value is only reported. */
    record None() implements Bar {
        @Override
        public boolean metBy(double value) {
            return true;
        }

        @Override
        public String words() {
            return "";
        }
    }

    private static String number(double limit) {
        return String.format(Locale.ROOT, limit < 10 ? "%,.1f" : "%,.0f", limit);
    }
}
