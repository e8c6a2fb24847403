package dev.breakwater.events.delivery;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.LastingConnection;
import dev.breakwater.kernel.failure.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the other nodes that this one is alive: it holds an advisory lock on a connection of its own. When the
 * process dies, PostgreSQL ends the connection and with it the lock, at once; when the process hangs or the network
 * breaks, PostgreSQL ends the connection because nothing was heard on it for half a minute.
 */
final class Presence implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int SIGN_OF_LIFE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 30_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LastingConnection connection;
    private final UUID node;
    private final Runnable regained;
    private final CountDownLatch present = new CountDownLatch(1);

    /** {@code regained} runs whenever the lock was lost and is held again: others may have taken over meanwhile. */
    Presence(Database.Settings settings, UUID node, Runnable regained) {
        connection = new LastingConnection(settings, "presence", this::hold);
        this.node = node;
        this.regained = regained;
    }

    /**
     * Takes the lock.
     *
     * @throws Failure.Unavailable when the database does not give it within ten seconds
     */
    void start() {
        connection.start();
        try {
            if (present.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new Failure.Unavailable(Duration.ofSeconds(1), "The database does not answer.");
    }

    /** Whether no node with this id is alive. Until the transaction ends, none can come to life. */
    static boolean absent(Connection transaction, UUID node) throws SQLException {
        try (PreparedStatement attempt = transaction.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            attempt.setLong(1, key(node));
            try (ResultSet row = attempt.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static long key(UUID node) {
        return node.getLeastSignificantBits();
    }

    private void hold(Connection made) throws SQLException {
        try (Statement statement = made.createStatement();
                PreparedStatement lock = made.prepareStatement("SELECT pg_advisory_lock(?)")) {
            made.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
            statement.execute("SET idle_session_timeout = '30s'");
            lock.setLong(1, key(node));
            lock.execute();
            if (present.getCount() == 0) {
                log.warn("This node is present again after it had lost its database connection");
                regained.run();
            }
            present.countDown();
            while (!connection.ended(SIGN_OF_LIFE_MILLIS)) {
                statement.execute("SELECT 1");
            }
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
