package dev.breakwater.registry.schedule;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for work that nobody waits for, except at the end: then for a few seconds. */
public final class Background implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Background.class);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** The name is that of the work. */
    public Background(String name) {
        this.name = name;
    }

    /** Begins some work and returns at once. */
    public void begin(Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.error("{} failed; it is tried again later", name, e);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Waits for the work, which was told before to end. */
    @Override
    public void close() {
        try {
            for (Thread thread : threads) {
                thread.join(LAST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
