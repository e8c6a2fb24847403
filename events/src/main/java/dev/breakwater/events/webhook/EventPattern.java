package dev.breakwater.events.webhook;

import java.util.regex.Pattern;

/** The names of event types and the patterns that select them (events.md 8.2, 9.2). */
public final class EventPattern {

    private static final int MAX_LENGTH = 128;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");

    private EventPattern() {}

    /** Whether {@code text} may be the type of an event: dot-separated segments, 1 to 128 characters. */
    public static boolean isType(String text) {
        return text.length() <= MAX_LENGTH && TYPE.matcher(text).matches();
    }

    /** Whether {@code text} may select event types: a type, {@code *}, or a type followed by {@code .*}. */
    public static boolean isPattern(String text) {
        return text.equals("*")
                || (text.length() <= MAX_LENGTH
                        && isType(text.endsWith(".*") ? text.substring(0, text.length() - 2) : text));
    }

    /** Whether the pattern selects the type; {@code order.*} selects {@code order.line.added}, not {@code order}. */
    public static boolean matches(String pattern, String type) {
        if (pattern.equals("*")) {
            return true;
        }
        return pattern.endsWith(".*")
                ? type.length() >= pattern.length() && type.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(type);
    }
}
