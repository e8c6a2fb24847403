package dev.breakwater.server.backup;

import dev.breakwater.server.Schema;
import dev.breakwater.server.StartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The schemas of the installation that a restore replaces: renamed while it is under way, so that they can come back. */
public final class ReplacedSchemas {

    /** Any numbers that no other advisory lock of this database uses. */
    private static final long RESTORING = 0x7265_7374_6f72_6521L;

    private static final long PUTTING_BACK = RESTORING + 1;

    private static final String SUFFIX = "_replaced";

    private final Connection connection;

    /** The connection commits each statement by itself. */
    public ReplacedSchemas(Connection connection) {
        this.connection = connection;
    }

    /** Keeps others from restoring or starting, until the connection ends; throws when somebody else restores. */
    void lock() throws SQLException {
        require("pg_try_advisory_lock");
    }

    /** Undoes a restore that did not come to its end, if there was one; throws when one is under way. */
    public void recover() throws SQLException {
        require("pg_try_advisory_lock_shared");
        try {
            putBack();
        } finally {
            execute("SELECT pg_advisory_unlock_shared(" + RESTORING + ")");
        }
    }

    private void require(String lock) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + lock + "(" + RESTORING + ")")) {
            rows.next();
            if (!rows.getBoolean(1)) {
                throw new StartException("A restore into this database is under way. Wait for its end.");
            }
        }
    }

    /** Renames what is there. */
    void setAside() throws SQLException {
        inTransaction(() -> {
            Catalog catalog = new Catalog(connection);
            for (Schema schema : Schema.ALL) {
                if (catalog.exists(schema.name())) {
                    execute("ALTER SCHEMA " + schema.name() + " RENAME TO " + schema.name() + SUFFIX);
                }
            }
        });
    }

    /** Brings back what an unfinished restore has set aside; nodes that start at the same time take turns. */
    void putBack() throws SQLException {
        inTransaction(() -> {
            execute("SELECT pg_advisory_xact_lock(" + PUTTING_BACK + ")");
            Catalog catalog = new Catalog(connection);
            for (Schema schema : Schema.ALL) {
                if (catalog.exists(schema.name() + SUFFIX)) {
                    execute("DROP SCHEMA IF EXISTS " + schema.name() + " CASCADE");
                    execute("ALTER SCHEMA " + schema.name() + SUFFIX + " RENAME TO " + schema.name());
                }
            }
        });
    }

    /** Gives up a restore: drops what it has built, and brings back what was there. */
    void undo() throws SQLException {
        connection.setAutoCommit(false);
        connection.rollback();
        connection.setAutoCommit(true);
        inTransaction(() -> {
            for (Schema schema : Schema.ALL) {
                execute("DROP SCHEMA IF EXISTS " + schema.name() + " CASCADE");
            }
        });
        putBack();
    }

    /** Drops the former schemas, as part of the caller's transaction. */
    void dropIn(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            for (Schema schema : Schema.ALL) {
                statement.execute("DROP SCHEMA IF EXISTS " + schema.name() + SUFFIX + " CASCADE");
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
