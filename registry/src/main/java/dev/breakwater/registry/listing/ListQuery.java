package dev.breakwater.registry.listing;

import dev.breakwater.kernel.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the parameter {@code q} of a list asks for, by key (registry.md 3.1): {@code k=v}, {@code k=~v},
 * {@code k=[min~max]}, <code>k={v1 v2}</code>, {@code k=(v1 v2)}, separated by commas. Quotes around a value are taken
 * off, and within them a comma or a space is an ordinary character; after a backslash a value is taken as it is.
 *
 * @param matches by key; of several for one key the last counts
 */
public record ListQuery(Map<String, Match> matches) {

    /** A list that is not narrowed. */
    static final ListQuery ALL = new ListQuery(Map.of());

    private static final int LONGEST = 4_096;

    /** An immutable copy. */
    public ListQuery {
        matches = Map.copyOf(matches);
    }

    /** What a value must be. */
    public sealed interface Match {}

    /** The same as this. */
    public record Exact(String value) implements Match {}

    /** A text that contains this. */
    public record Contains(String text) implements Match {}

    /** Between these, both included; null for an open end. */
    record Range(@Nullable String from, @Nullable String to) implements Match {}

    /** One of these. */
    public record AnyOf(List<String> values) implements Match {}

    /** All of these. */
    public record AllOf(List<String> values) implements Match {}

    /** What is asked about a key. */
    public Optional<Match> match(String key) {
        return Optional.ofNullable(matches.get(key));
    }

    /** The text that is asked for under a key, be it as a whole or as a part. */
    public Optional<String> text(String key) {
        return match(key).flatMap(match -> switch (match) {
            case Exact exact -> Optional.of(exact.value());
            case Contains contains -> Optional.of(contains.text());
            default -> Optional.empty();
        });
    }

    /**
     * Reads a query.
     *
     * @throws Failure.Invalid when it is malformed
     */
    public static ListQuery parse(String query) {
        if (query.isEmpty()) {
            return ALL;
        }
        if (query.length() > LONGEST) {
            throw new Failure.Invalid("the query string is longer than " + LONGEST + " characters");
        }
        Map<String, Match> matches = new LinkedHashMap<>();
        for (String term : split(query, ',')) {
            int equals = term.indexOf('=');
            String key = equals < 0 ? "" : term.substring(0, equals).strip();
            String value = equals < 0 ? "" : term.substring(equals + 1).strip();
            if (key.isEmpty() || value.isEmpty()) {
                throw new Failure.Invalid("the query string must contain \"=\" and the key/value cannot be empty");
            }
            matches.put(key, read(value));
        }
        return new ListQuery(matches);
    }

    private static Match read(String value) {
        return switch (value.charAt(0)) {
            case '\\' -> new Exact(value.substring(1));
            case '~' -> new Contains(unquote(value.substring(1)));
            case '[' -> range(value, inner(value, ']'));
            case '{' -> new AnyOf(values(value, inner(value, '}')));
            case '(' -> new AllOf(values(value, inner(value, ')')));
            default -> new Exact(unquote(value));
        };
    }

    private static String inner(String value, char end) {
        if (value.length() < 2 || value.charAt(value.length() - 1) != end) {
            throw invalid(value);
        }
        return value.substring(1, value.length() - 1);
    }

    private static Range range(String value, String inner) {
        List<String> ends = split(inner, '~');
        if (ends.size() != 2) {
            throw invalid(value);
        }
        return new Range(end(ends.getFirst()), end(ends.getLast()));
    }

    private static @Nullable String end(String text) {
        String value = unquote(text.strip());
        return value.isEmpty() ? null : value;
    }

    private static List<String> values(String value, String inner) {
        List<String> values = split(inner, ' ').stream()
                .filter(part -> !part.isEmpty())
                .map(ListQuery::unquote)
                .toList();
        if (values.isEmpty()) {
            throw invalid(value);
        }
        return values;
    }

    private static String unquote(String text) {
        if (text.startsWith("\\")) {
            return text.substring(1);
        }
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** Splits where a separator stands that is not within quotes; a quote begins only where a value can. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '"' || c == '\'') && beginsValue(text, i) && text.indexOf(c, i + 1) > 0) {
                quote = c;
            } else if (c == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static boolean beginsValue(String text, int at) {
        return at == 0 || "=~[{( ".indexOf(text.charAt(at - 1)) >= 0;
    }

    /** The refusal of a value. */
    public static Failure.Invalid invalid(String value) {
        return new Failure.Invalid("invalid query string value: " + value);
    }
}
