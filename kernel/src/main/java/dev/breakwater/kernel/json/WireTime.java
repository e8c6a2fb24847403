package dev.breakwater.kernel.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times as answers spell them: UTC, whole seconds (events.md 3). */
public final class WireTime {

    private static final int LAST_PLAIN_YEAR = 9999;
    private static final int PLAIN_LENGTH = "2026-05-25T12:00:00Z".length();

    private WireTime() {}

    /**
     * A time as every answer spells it: UTC, whole seconds, {@code 2026-05-25T12:00:00Z}. Spelled by hand, because a page
     * of events holds a hundred times and the formatter of {@link Instant} would be a sixth of its cost.
     */
    public static String text(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > LAST_PLAIN_YEAR) {
            return instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        byte[] out = new byte[PLAIN_LENGTH];
        digits(out, 0, utc.getYear() / 100);
        digits(out, 2, utc.getYear() % 100);
        digits(out, 5, utc.getMonthValue());
        digits(out, 8, utc.getDayOfMonth());
        digits(out, 11, utc.getHour());
        digits(out, 14, utc.getMinute());
        digits(out, 17, utc.getSecond());
        out[4] = '-';
        out[7] = '-';
        out[10] = 'T';
        out[13] = ':';
        out[16] = ':';
        out[19] = 'Z';
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] out, int at, int value) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }
}
