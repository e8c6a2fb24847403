package dev.breakwater.registry.listing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By what a list can be narrowed and sorted: SQL expressions by the names of the members that show them. Keys that are
 * not among them are ignored (registry.md 3.6).
 */
public final class Columns {

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final String last;

    /** Rows that are equal otherwise are sorted by {@code last}, which no two have in common. */
    public Columns(String last) {
        this.last = last;
    }

    private enum Kind {
        TEXT,
        NUMBER,
        TIME,
        TRUTH
    }

    private record Column(String sql, Kind kind) {}

    /** A member that is a text. */
    public Columns text(String key, String sql) {
        columns.put(key, new Column(sql, Kind.TEXT));
        return this;
    }

    /** A member that is a whole number. */
    public Columns number(String key, String sql) {
        columns.put(key, new Column(sql, Kind.NUMBER));
        return this;
    }

    /** A member that is a time. */
    public Columns time(String key, String sql) {
        columns.put(key, new Column(sql, Kind.TIME));
        return this;
    }

    /** A member that is true or false. */
    public Columns truth(String key, String sql) {
        columns.put(key, new Column(sql, Kind.TRUTH));
        return this;
    }

    /** What a query asks of the rows, as far as it concerns these columns. */
    public Condition condition(ListQuery query) {
        Condition all = Condition.NONE;
        for (Map.Entry<String, Column> column : columns.entrySet()) {
            ListQuery.@Nullable Match match = query.matches().get(column.getKey());
            if (match != null) {
                all = all.and(condition("q_" + all.values().size(), column.getValue(), match));
            }
        }
        return all;
    }

    private static Condition condition(String name, Column column, ListQuery.Match match) {
        String sql = column.sql();
        return switch (match) {
            case ListQuery.Exact(String value) ->
                Condition.of(sql + " = :" + name, Map.of(name, value(column.kind(), value)));
            case ListQuery.Contains(String text) ->
                Condition.of(
                        "position(lower(:" + name + ") IN lower(CAST(" + sql + " AS text))) > 0", Map.of(name, text));
            case ListQuery.Range(String from, String to) -> range(name, column, from, to);
            case ListQuery.AnyOf(List<String> values) -> each(name, column, values, " OR ");
            case ListQuery.AllOf(List<String> values) -> each(name, column, values, " AND ");
        };
    }

    private static Condition range(String name, Column column, @Nullable String from, @Nullable String to) {
        Condition range = Condition.NONE;
        if (from != null) {
            range = Condition.of(column.sql() + " >= :" + name, Map.of(name, value(column.kind(), from)));
        }
        if (to != null) {
            String end = name + "_end";
            range = range.and(Condition.of(column.sql() + " <= :" + end, Map.of(end, value(column.kind(), to))));
        }
        return range;
    }

    private static Condition each(String name, Column column, List<String> values, String between) {
        List<String> parts = new ArrayList<>();
        Map<String, Object> bound = new LinkedHashMap<>();
        for (String value : values) {
            String each = name + "_" + parts.size();
            parts.add(column.sql() + " = :" + each);
            bound.put(each, value(column.kind(), value));
        }
        return Condition.of("(" + String.join(between, parts) + ")", bound);
    }

    private static Object value(Kind kind, String text) {
        try {
            return switch (kind) {
                case TEXT -> text;
                case NUMBER -> Long.valueOf(text);
                case TIME -> time(text);
                case TRUTH -> truth(text);
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw ListQuery.invalid(text);
        }
    }

    /** Times are spelled {@code 2006-01-02T15:04:05}, in UTC; those that answers show are understood as well. */
    private static Instant time(String text) {
        String spelled = text.replace(' ', 'T');
        return spelled.endsWith("Z")
                ? Instant.parse(spelled)
                : LocalDateTime.parse(spelled).toInstant(ZoneOffset.UTC);
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw ListQuery.invalid(text);
        };
    }

    /**
     * An {@code ORDER BY} for what the parameter {@code sort} asks.
     *
     * @param sort keys in order, each after a hyphen when the greatest comes first
     * @param usual what holds when it asks for nothing that is known
     */
    public String order(String sort, String usual) {
        List<String> parts = new ArrayList<>();
        for (String key : sort.split(",", -1)) {
            boolean descending = key.startsWith("-");
            @Nullable Column column = columns.get(descending ? key.substring(1) : key);
            if (column != null) {
                parts.add(column.sql() + (descending ? " DESC" : ""));
            }
        }
        if (parts.isEmpty()) {
            parts.add(usual);
        }
        parts.add(last);
        return " ORDER BY " + String.join(", ", parts);
    }
}
