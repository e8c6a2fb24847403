package dev.breakwater.kernel.db;

import dev.breakwater.kernel.failure.Failure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to PostgreSQL's notifications on one connection of its own. Every listener also hears an empty message
 * each time the connection was made anew, because what was said meanwhile is lost: it then looks at the tables.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final int RECHECK_MILLIS = 10_000;
    private static final long RECONNECT_MILLIS = 250;

    private final Database.Settings settings;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private @Nullable Thread thread;

    /** Prepared, not yet listening: register the listeners, then {@link #start}. */
    public Notifications(Database.Settings settings) {
        this.settings = settings;
    }

    /** Adds a listener; the channel is a plain lower-case name. Call before {@link #start}. */
    public void listen(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, c -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** Begins to listen, on a thread of its own. */
    public void start() {
        thread = Thread.ofPlatform().daemon().name("notifications").start(this::run);
    }

    private void run() {
        boolean warned = false;
        while (closed.getCount() > 0) {
            try (Connection made = open()) {
                connection = made;
                warned = false;
                listeners.values().forEach(all -> all.forEach(listener -> deliver(listener, "")));
                receive(made.unwrap(PGConnection.class));
            } catch (SQLException e) {
                if (closed.getCount() > 0 && !warned) {
                    log.warn("Lost the notification connection, trying again: {}", e.getMessage());
                    warned = true;
                }
            }
            pause();
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "breakwater notifications");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        Connection made = DriverManager.getConnection(settings.url(), properties);
        try (Statement statement = made.createStatement()) {
            for (String channel : listeners.keySet()) {
                statement.execute("LISTEN " + channel);
            }
        } catch (SQLException e) {
            made.close();
            throw e;
        }
        return made;
    }

    private void receive(PGConnection made) throws SQLException {
        while (closed.getCount() > 0) {
            PGNotification[] notifications = made.getNotifications(RECHECK_MILLIS);
            if (notifications == null || notifications.length == 0) {
                // A quiet connection may be a dead one.
                @Nullable Connection current = connection;
                if (current == null || !current.isValid(5)) {
                    throw new SQLException("The connection no longer answers.");
                }
                continue;
            }
            for (PGNotification notification : notifications) {
                listeners
                        .getOrDefault(notification.getName(), List.of())
                        .forEach(listener -> deliver(listener, notification.getParameter()));
            }
        }
    }

    private static void deliver(Consumer<String> listener, String message) {
        try {
            listener.accept(message);
        } catch (Failure.Unavailable e) {
            log.debug("A notification came while the database was away");
        } catch (RuntimeException e) {
            log.error("A notification listener failed", e);
        }
    }

    private void pause() {
        try {
            closed.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            log.debug("Closing the notification connection failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
