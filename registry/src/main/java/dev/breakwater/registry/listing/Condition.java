package dev.breakwater.registry.listing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A condition on rows with the values that are bound in it.
 *
 * @param sql empty, or conditions each after an {@code AND}
 * @param values by name; lists of numbers or of texts are bound as arrays
 */
public record Condition(String sql, Map<String, Object> values) {

    /** None. */
    public static final Condition NONE = new Condition("", Map.of());

    /** An immutable copy. */
    public Condition {
        values = Map.copyOf(values);
    }

    /** One condition, without an {@code AND}. */
    public static Condition of(String sql, Map<String, Object> values) {
        return new Condition(" AND " + sql, values);
    }

    /** This and another. */
    public Condition and(Condition other) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(other.values);
        return new Condition(sql + other.sql, all);
    }

    /** This and another, without values. */
    public Condition and(String condition) {
        return new Condition(sql + " AND " + condition, values);
    }

    /** Binds the values to a statement that holds the SQL. */
    public <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                Class<?> type = list.stream().anyMatch(Long.class::isInstance) ? Long.class : String.class;
                statement.bindArray(name, type, list);
            } else {
                statement.bind(name, value);
            }
        });
        return statement;
    }
}
