package dev.breakwater.bench.target;

import dev.breakwater.bench.report.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows that are written by SQL beside the server. */
public final class Rows {

    private Rows() {}

    /**
     * Writes some and says how many.
     *
     * @param what they are, in the plural
     * @param values of the statement's parameters, in their order
     */
    public static void write(Connection connection, Progress progress, String what, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            progress.say("%,d %s stored".formatted(statement.executeUpdate(), what));
        }
    }
}
