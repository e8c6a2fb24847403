package dev.breakwater.console.page;

import java.util.Locale;

/** Spells numbers. */
public final class Numbers {

    private Numbers() {}

    /** With a comma between the thousands. */
    public static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What was counted up to a limit; more than that is told as such. */
    public static String upTo(long number, long most) {
        return number > most ? text(most) + "+" : text(number);
    }

    /** With its thing, in the singular or the plural. */
    public static String of(long number, String one, String many) {
        return text(number) + " " + (number == 1 ? one : many);
    }
}
