package dev.breakwater.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of the machine. One daemon thread keeps the alarms; each rings on a virtual thread of its own. */
public final class SystemTime implements TimeSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SystemTime.class);

    private final ScheduledThreadPoolExecutor alarms;

    /** Starts the thread that keeps the alarms. */
    public SystemTime() {
        alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("alarms").factory());
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Alarm at(Instant when, Runnable task) {
        long nanos = Math.max(0, Duration.between(instant(), when).toNanos());
        Future<?> pending = alarms.schedule(() -> ring(task), nanos, TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    private static void ring(Runnable task) {
        Thread.ofVirtual().name("alarm").start(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("An alarm failed", e);
            }
        });
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
