package dev.breakwater.kernel.db;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of many rows as arrays, for statements that {@code unnest} them. */
public final class ArraySql {

    private ArraySql() {}

    /**
     * One column, in the order of the rows.
     *
     * @param type of an element, as PostgreSQL calls it
     */
    public static <R> Array column(
            Connection connection,
            String type,
            Collection<R> rows,
            Function<? super R, ? extends @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }

    /** One column of bytes, in the order of the rows. */
    public static <R> Array bytes(Connection connection, Collection<R> rows, Function<? super R, byte[]> column)
            throws SQLException {
        return connection.createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    /** Texts in their order. */
    public static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
