package dev.breakwater.events.delivery;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the other nodes that this one is alive: it holds an advisory lock on a connection of its own. When the
 * process dies, PostgreSQL ends the connection and with it the lock, at once; when the process hangs or the network
 * breaks, PostgreSQL ends the connection because nothing was heard on it for half a minute.
 */
final class Presence implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int SIGN_OF_LIFE_SECONDS = 10;
    private static final int RECONNECT_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database.Settings settings;
    private final UUID node;
    private final Runnable regained;
    private final CountDownLatch present = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private @Nullable Thread thread;

    /** {@code regained} runs whenever the lock was lost and is held again: others may have taken over meanwhile. */
    Presence(Database.Settings settings, UUID node, Runnable regained) {
        this.settings = settings;
        this.node = node;
        this.regained = regained;
    }

    /**
     * Takes the lock.
     *
     * @throws Failure.Unavailable when the database does not give it within ten seconds
     */
    void start() {
        thread = Thread.ofPlatform().daemon().name("presence").start(this::run);
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

    private void run() {
        while (closed.getCount() > 0) {
            try (Connection made = open()) {
                connection = made;
                if (present.getCount() == 0) {
                    log.warn("This node is present again after it had lost its database connection");
                    regained.run();
                }
                present.countDown();
                stay(made);
            } catch (SQLException | Failure.Unavailable e) {
                log.debug("The presence connection broke", e);
            }
            await(RECONNECT_MILLIS);
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "breakwater presence");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        Connection made = DriverManager.getConnection(settings.url(), properties);
        try (Statement statement = made.createStatement();
                PreparedStatement lock = made.prepareStatement("SELECT pg_advisory_lock(?)")) {
            statement.execute("SET idle_session_timeout = '30s'");
            lock.setLong(1, key(node));
            lock.execute();
        } catch (SQLException e) {
            made.close();
            throw e;
        }
        return made;
    }

    private void stay(Connection made) throws SQLException {
        try (Statement statement = made.createStatement()) {
            while (!await(SIGN_OF_LIFE_SECONDS * 1_000)) {
                statement.execute("SELECT 1");
            }
        }
    }

    /** Waits; true when this node is to end. */
    private boolean await(int millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            @Nullable Connection current = connection;
            if (current != null) {
                current.abort(Runnable::run);
            }
            if (thread != null) {
                thread.join(5_000);
            }
        } catch (SQLException e) {
            log.debug("Closing the presence connection failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
