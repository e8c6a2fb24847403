package dev.breakwater.registry.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times that recur, written as six fields with the seconds first (registry.md 3.6): second, minute, hour, day of the
 * month, month, day of the week from 0 for Sunday. A field is {@code *}, a number, a name, a range, a step or a list of
 * these; {@code ?} stands for any day. When both days are limited, either is enough. Times are in UTC.
 */
public final class Cron {

    private static final int LONGEST = 256;
    private static final int YEARS = 10;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private final String text;
    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private Cron(String text, String[] fields) {
        this.text = text;
        seconds = field(fields[0], 0, 59, List.of());
        minutes = field(fields[1], 0, 59, List.of());
        hours = field(fields[2], 0, 23, List.of());
        days = field(fields[3], 1, 31, List.of());
        months = field(fields[4], 1, 12, MONTHS);
        weekdays = field(fields[5], 0, 7, DAYS);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        anyDay = isAny(fields[3]);
        anyWeekday = isAny(fields[5]);
    }

    /**
     * Reads six fields.
     *
     * @throws IllegalArgumentException when they are not six, or one of them is wrong; the message says which
     */
    public static Cron parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("longer than " + LONGEST + " characters");
        }
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length != 6) {
            throw new IllegalArgumentException("expected exactly 6 fields, found " + fields.length);
        }
        return new Cron(text, fields);
    }

    private static boolean isAny(String field) {
        return field.startsWith("*") || field.equals("?");
    }

    private static BitSet field(String field, int least, int most, List<String> names) {
        BitSet values = new BitSet(most + 1);
        for (String part : field.split(",", -1)) {
            add(values, part, least, most, names);
        }
        return values;
    }

    private static void add(BitSet values, String part, int least, int most, List<String> names) {
        String[] stepped = part.split("/", -1);
        String[] ends = stepped[0].split("-", -1);
        if (stepped.length > 2 || ends.length > 2) {
            throw wrong(part);
        }
        boolean any = stepped[0].equals("*") || stepped[0].equals("?");
        int first = any ? least : value(ends[0], least, most, names);
        int last = any || (ends.length == 1 && stepped.length == 2) ? most : first;
        if (ends.length == 2) {
            last = value(ends[1], least, most, names);
        }
        int step = stepped.length == 2 ? number(stepped[1]) : 1;
        if (step < 1 || last < first) {
            throw wrong(part);
        }
        for (int value = first; value <= last; value += step) {
            values.set(value);
        }
    }

    private static int value(String text, int least, int most, List<String> names) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        int value = name < 0 ? number(text) : name + (names.equals(MONTHS) ? 1 : 0);
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is not between %d and %d".formatted(text, least, most));
        }
        return value;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw wrong(text);
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(String part) {
        return new IllegalArgumentException("failed to parse \"" + part + "\"");
    }

    /** The first such time after a moment; empty when none comes within ten years. */
    public Optional<Instant> next(Instant after) {
        LocalDateTime time = LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1);
        LocalDateTime end = time.plusYears(YEARS);
        while (time.isBefore(end)) {
            if (!months.get(time.getMonthValue())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!isDay(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            } else if (!seconds.get(time.getSecond())) {
                time = time.plusSeconds(1);
            } else {
                return Optional.of(time.toInstant(ZoneOffset.UTC));
            }
        }
        return Optional.empty();
    }

    private boolean isDay(LocalDateTime time) {
        boolean day = days.get(time.getDayOfMonth());
        boolean weekday = weekdays.get(time.getDayOfWeek().getValue() % 7);
        return (anyDay || anyWeekday) ? day && weekday : day || weekday;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
