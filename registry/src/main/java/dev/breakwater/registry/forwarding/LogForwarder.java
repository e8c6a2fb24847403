package dev.breakwater.registry.forwarding;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.GuardedResolver;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.LogEntry;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards the entries of the registry's log to the syslog server that administrators configured (registry.md 3.3, 3.5).
 * The entries wait in a table into which the transactions of what they tell of put them, so that pushes and pulls never wait
 * for the server, and nothing is lost while it is down or when this one ends. What is cut off is sent again: an entry arrives
 * at least once. What has waited for a week is given up, with a warning.
 */
public final class LogForwarder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogForwarder.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration FORGET_EVERY = Duration.ofHours(6);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);
    private static final int MOST = 500;
    private static final int MOST_FORGOTTEN = 10_000;

    private final Database database;
    private final TimeSource time;
    private final Configuration configuration;
    private final Syslog syslog;
    private TimeSource.@Nullable Alarm alarm;
    private @Nullable Thread worker;
    private boolean closed;
    /** Of which server it was said that it cannot be reached. */
    private volatile @Nullable SyslogAddress unreachable;

    /** Forwards as it is configured, to addresses that the guard permits. */
    public LogForwarder(Database database, TimeSource time, Configuration configuration, AddressGuard guard) {
        this.database = database;
        this.time = time;
        this.configuration = configuration;
        syslog = new Syslog(guard);
    }

    /** The server does not have the entries, which therefore stay where they wait. */
    private static final class Undelivered extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient SyslogAddress server;

        Undelivered(SyslogAddress server, IOException cause) {
            super(
                    "%s: %s"
                            .formatted(
                                    server,
                                    cause instanceof GuardedResolver.AddressBlocked
                                            ? "it is in a private network, which registry.outbound.allowed-networks"
                                                    + " does not name"
                                            : cause.getMessage()),
                    cause);
            this.server = server;
        }
    }

    /** Begins to forward. */
    public synchronized void start() {
        if (!closed) {
            alarm = time.at(time.instant().plus(EVERY), this::begin);
        }
    }

    private synchronized void begin() {
        if (!closed) {
            worker = Thread.ofVirtual().name("log-forwarding").start(this::run);
        }
    }

    private void run() {
        try {
            int sent;
            do {
                sent = database.transact(this::forward);
            } while (sent == MOST);
        } catch (Undelivered e) {
            if (!e.server.equals(unreachable)) {
                unreachable = e.server;
                log.warn(
                        "The log of the registry cannot be forwarded to {}. Its entries are kept for {} days and sent when"
                                + " that is put right",
                        e.getMessage(),
                        KEPT.toDays());
            }
        } catch (Failure.Unavailable e) {
            log.debug("No database, nothing of the log is forwarded for now");
        } catch (RuntimeException e) {
            log.error("Forwarding the log of the registry failed, trying again later", e);
        } finally {
            start();
        }
    }

    /** Sends the oldest entries while they are taken from the table, and tells how many. */
    private int forward(Handle handle) {
        Optional<SyslogAddress> server =
                SyslogAddress.parse(configuration.text(handle, ConfigurationKey.AUDIT_LOG_FORWARD_ENDPOINT));
        List<LogEntry> entries =
                server.map(there -> ForwardStore.take(handle, MOST)).orElse(List.of());
        if (!entries.isEmpty()) {
            send(server.orElseThrow(), entries);
        }
        return entries.size();
    }

    private void send(SyslogAddress server, List<LogEntry> entries) {
        try {
            syslog.send(server, entries);
        } catch (IOException e) {
            throw new Undelivered(server, e);
        }
        if (unreachable != null) {
            unreachable = null;
            log.info("The log of the registry is forwarded to {} again", server);
        }
    }

    /** The recurring work: what has waited too long is given up. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-log-forwarding", FORGET_EVERY, this::forget);
    }

    private void forget() {
        long all = 0;
        int some;
        do {
            some = database.transact(
                    handle -> ForwardStore.forget(handle, time.instant().minus(KEPT), MOST_FORGOTTEN));
            all += some;
        } while (some == MOST_FORGOTTEN);
        if (all > 0) {
            log.warn("{} entries of the log waited for {} days to be forwarded and are given up", all, KEPT.toDays());
        }
    }

    @Override
    public void close() {
        @Nullable Thread last;
        synchronized (this) {
            closed = true;
            if (alarm != null) {
                alarm.cancel();
            }
            last = worker;
        }
        if (last != null) {
            try {
                last.join(LAST_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        syslog.close();
    }
}
