package dev.breakwater.console.page;

import java.util.Locale;

/** Spells numbers. */
public final class Numbers {

    private Numbers() {}

    /** With a comma between the thousands. */
    public static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** With its thing, in the singular or the plural. */
    public static String of(long number, String one, String many) {
        return text(number) + " " + (number == 1 ? one : many);
    }
}
