package dev.breakwater.console.page;

import dev.breakwater.kernel.json.WireTime;
import java.time.Duration;
import java.time.Instant;

/** Spells times. Pages are written in UTC; their script turns them into the time of the reader. */
public final class Times {

    private static final int HOURS = 24;
    private static final int MINUTES = 60;

    private Times() {}

    /** For programs: {@code 2026-05-25T12:00:00Z}. */
    public static String iso(Instant at) {
        return WireTime.text(at);
    }

    /** For people: {@code 2026-05-25 12:00:00 UTC}. */
    public static String text(Instant at) {
        return WireTime.text(at).replace('T', ' ').replace("Z", " UTC");
    }

    /** A length of time in the largest unit that it is a whole number of, for example {@code 7 days}. */
    public static String span(Duration length) {
        if (length.toHours() >= HOURS && length.toHours() % HOURS == 0) {
            return Numbers.of(length.toDays(), "day", "days");
        }
        return length.toMinutes() >= MINUTES && length.toMinutes() % MINUTES == 0
                ? Numbers.of(length.toHours(), "hour", "hours")
                : Numbers.of(length.toMinutes(), "minute", "minutes");
    }

    /** A length of time in milliseconds, in a unit that is easy to read. */
    public static String length(long milliseconds) {
        return milliseconds < 1_000 ? milliseconds + " ms" : "%.1f s".formatted(milliseconds / 1_000.0);
    }
}
