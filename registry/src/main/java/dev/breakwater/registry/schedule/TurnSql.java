package dev.breakwater.registry.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Locks of PostgreSQL that belong to a session. */
final class TurnSql {

    private static final String KEY = "(hashtextextended('registry.turn.' || ?, 0))";

    private TurnSql() {}

    static boolean take(Connection connection, String name) throws SQLException {
        return ask(connection, "SELECT pg_try_advisory_lock" + KEY, name);
    }

    static void end(Connection connection, String name) throws SQLException {
        ask(connection, "SELECT pg_advisory_unlock" + KEY, name);
    }

    private static boolean ask(Connection connection, String question, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }
}
