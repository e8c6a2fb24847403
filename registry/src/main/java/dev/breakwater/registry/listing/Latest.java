package dev.breakwater.registry.listing;

import dev.breakwater.kernel.failure.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of a list ended that has the latest first: the time of its last item, in microseconds as the database
 * keeps it, and its number.
 *
 * @param at its time
 * @param id its number
 */
public record Latest(Instant at, long id) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,17})-([0-9]{1,18})");
    private static final long MICROS = 1_000_000;
    private static final int NANOS = 1_000;

    /**
     * Reads what {@link #toString} spelled.
     *
     * @throws Failure.Invalid for anything else
     */
    public static Latest parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new Failure.Invalid("This page of the list does not exist.");
        }
        long micros = Long.parseLong(matcher.group(1));
        return new Latest(
                Instant.ofEpochSecond(micros / MICROS, micros % MICROS * NANOS), Long.parseLong(matcher.group(2)));
    }

    /** As an address holds it. */
    @Override
    public String toString() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + id;
    }
}
