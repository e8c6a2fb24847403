package dev.breakwater.console.page;

import dev.breakwater.kernel.json.WireTime;
import java.time.Instant;

/** Spells times. Pages are written in UTC; their script turns them into the time of the reader. */
public final class Times {

    private Times() {}

    /** For programs: {@code 2026-05-25T12:00:00Z}. */
    public static String iso(Instant at) {
        return WireTime.text(at);
    }

    /** For people: {@code 2026-05-25 12:00:00 UTC}. */
    public static String text(Instant at) {
        return WireTime.text(at).replace('T', ' ').replace("Z", " UTC");
    }

    /** A length of time in milliseconds, in a unit that is easy to read. */
    public static String length(long milliseconds) {
        return milliseconds < 1_000 ? milliseconds + " ms" : "%.1f s".formatted(milliseconds / 1_000.0);
    }
}
