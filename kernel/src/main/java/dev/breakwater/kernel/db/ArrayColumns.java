package dev.breakwater.kernel.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement that {@code unnest}s them: the columns of many rows, one array after the other. */
public final class ArrayColumns {

    private final Connection connection;
    private final PreparedStatement statement;
    private int index;

    /** Begins with the first parameter. */
    public ArrayColumns(PreparedStatement statement) throws SQLException {
        this.connection = statement.getConnection();
        this.statement = statement;
    }

    /** A column of elements of {@code type}, as PostgreSQL calls it. */
    public <R> void add(String type, Collection<R> rows, Function<? super R, ? extends @Nullable Object> column)
            throws SQLException {
        index++;
        statement.setArray(index, ArraySql.column(connection, type, rows, column));
    }

    /** A column of bytes. */
    public <R> void bytes(Collection<R> rows, Function<? super R, byte[]> column) throws SQLException {
        index++;
        statement.setArray(index, ArraySql.bytes(connection, rows, column));
    }

    /** A column of texts. */
    public <R> void texts(Collection<R> rows, Function<? super R, ? extends @Nullable String> column)
            throws SQLException {
        add("text", rows, column);
    }

    /** A column of numbers. */
    public <R> void longs(Collection<R> rows, ToLongFunction<? super R> column) throws SQLException {
        add("bigint", rows, column::applyAsLong);
    }

    /** A column of times. */
    public <R> void instants(Collection<R> rows, Function<? super R, Instant> column) throws SQLException {
        add("timestamptz", rows, row -> column.apply(row).atOffset(ZoneOffset.UTC));
    }
}
