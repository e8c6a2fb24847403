package dev.breakwater.kernel.db;

import dev.breakwater.kernel.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection outside the pool, with a thread of its own, that is made anew a moment after it broke. */
public final class LastingConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LastingConnection.class);
    private static final int RECONNECT_MILLIS = 250;
    private static final long LAST_WAIT_MILLIS = 5_000;

    private final Database.Settings settings;
    private final String name;
    private final Use use;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private @Nullable Thread thread;

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Use {
        /** Uses a connection that was just made, until it breaks or {@link #ended} says that it is over. */
        void with(Connection connection) throws SQLException;
    }

    /** {@code name} is what the thread is called and what PostgreSQL shows. */
    public LastingConnection(Database.Settings settings, String name, Use use) {
        this.settings = settings;
        this.name = name;
        this.use = use;
    }

    /** Connects, now and whenever it must. */
    public void start() {
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
        boolean warned = false;
        do {
            try (Connection made = settings.open(name)) {
                connection = made;
                warned = false;
                use.with(made);
            } catch (SQLException | Failure.Unavailable e) {
                if (closed.getCount() > 0 && !warned) {
                    log.warn("The connection for {} broke, trying again: {}", name, e.getMessage());
                    warned = true;
                }
            }
        } while (!ended(RECONNECT_MILLIS));
    }

    /** Waits this long; true at once when it is over. */
    public boolean ended(int millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Breaks the connection and makes no other. */
    @Override
    public void close() {
        closed.countDown();
        try {
            @Nullable Connection current = connection;
            if (current != null) {
                current.abort(Runnable::run);
            }
            if (thread != null) {
                thread.join(LAST_WAIT_MILLIS);
            }
        } catch (SQLException e) {
            log.debug("Closing the connection for {} failed", name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
