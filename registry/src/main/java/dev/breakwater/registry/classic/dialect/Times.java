package dev.breakwater.registry.classic.dialect;

import java.time.Instant;

/** Times as callers of the 2017 API give them. */
public final class Times {

    private static final long LAST = 253_402_300_799L;

    private Times() {}

    /** A time in seconds since 1970, within the years that the database knows. */
    public static Instant ofSeconds(long seconds) {
        return Instant.ofEpochSecond(Math.clamp(seconds, 0, LAST));
    }
}
