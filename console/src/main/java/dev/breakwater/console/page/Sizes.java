package dev.breakwater.console.page;

import java.util.Locale;

/** Spells numbers of bytes. */
public final class Sizes {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1_024;
    /** From here on a fraction says nothing any more. */
    private static final double WHOLE = 99.95;

    private Sizes() {}

    /** In the unit that is easy to read, for example {@code 3.4 MiB}. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        // What would be rounded to a whole unit of the next is spelled in that.
        while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 || value >= WHOLE
                ? String.format(Locale.ROOT, "%.0f %s", value, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
