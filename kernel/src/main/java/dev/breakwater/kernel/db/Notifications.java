package dev.breakwater.kernel.db;

import dev.breakwater.kernel.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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
    private static final int RECHECK_PATIENCE_SECONDS = 5;

    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final LastingConnection connection;

    /** Prepared, not yet listening: register the listeners, then {@link #start}. */
    public Notifications(Database.Settings settings) {
        connection = new LastingConnection(settings, "notifications", this::listen);
    }

    /** Adds a listener; the channel is a plain lower-case name. Call before {@link #start}. */
    public void listen(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, c -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** Begins to listen, on a thread of its own. */
    public void start() {
        connection.start();
    }

    private void listen(Connection made) throws SQLException {
        try (Statement statement = made.createStatement()) {
            for (String channel : listeners.keySet()) {
                statement.execute("LISTEN " + channel);
            }
        }
        listeners.values().forEach(all -> all.forEach(listener -> deliver(listener, "")));
        PGConnection source = made.unwrap(PGConnection.class);
        while (!connection.ended(0)) {
            PGNotification[] notifications = source.getNotifications(RECHECK_MILLIS);
            boolean quiet = notifications == null || notifications.length == 0;
            if (quiet && !made.isValid(RECHECK_PATIENCE_SECONDS)) {
                throw new SQLException("The connection no longer answers.");
            }
            if (!quiet) {
                deliver(notifications);
            }
        }
    }

    private void deliver(PGNotification[] notifications) {
        for (PGNotification notification : notifications) {
            listeners
                    .getOrDefault(notification.getName(), List.of())
                    .forEach(listener -> deliver(listener, notification.getParameter()));
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

    @Override
    public void close() {
        connection.close();
    }
}
