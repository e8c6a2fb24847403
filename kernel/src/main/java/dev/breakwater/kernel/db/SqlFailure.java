package dev.breakwater.kernel.db;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a failed statement means for the one who sent it. */
public enum SqlFailure {
    /**
     * Running the transaction again may succeed or find the true reason: a serialization failure, a deadlock, or a
     * unique value that another transaction took in the same moment and that a second look will see.
     */
    REPEAT,
    /** PostgreSQL is away, starting or stopping, or the connection broke. */
    UNREACHABLE,
    /** The statement or its data are at fault. */
    FAULT;

    /** Reads the SQLSTATE of the first {@link SQLException} among the causes. */
    public static SqlFailure of(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return ofState(sql);
            }
        }
        return FAULT;
    }

    private static SqlFailure ofState(SQLException sql) {
        @Nullable String state = sql.getSQLState();
        if (state == null) {
            // The pool reports a time-out or a closed pool without a state.
            return sql instanceof java.sql.SQLTransientConnectionException
                            || String.valueOf(sql.getMessage())
                                    .toLowerCase(Locale.ROOT)
                                    .contains("closed")
                    ? UNREACHABLE
                    : FAULT;
        }
        if (state.equals("40001") || state.equals("40P01") || state.equals("23505")) {
            return REPEAT;
        }
        boolean away = state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
        return away ? UNREACHABLE : FAULT;
    }
}
