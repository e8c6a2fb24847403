package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.failure.Failure;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done on a thread of its own whenever it was asked for, one run at a time, and at the end. */
final class Background implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Background.class);

    private final String name;
    private final Runnable work;
    /** How often the work was asked for since it was last idle. */
    private final AtomicInteger asked = new AtomicInteger();

    Background(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    /** Asks for a run; one that is under way is followed by another. */
    void wake() {
        if (asked.getAndIncrement() == 0) {
            Thread.ofVirtual().name(name).start(this::run);
        }
    }

    private void run() {
        int served;
        do {
            served = asked.get();
            attempt();
        } while (asked.addAndGet(-served) > 0);
    }

    private void attempt() {
        try {
            work.run();
        } catch (Failure.Unavailable e) {
            log.debug("{}: the database is away", name);
        } catch (RuntimeException e) {
            log.error("{}: the work in the background failed", name, e);
        }
    }

    @Override
    public void close() {
        attempt();
    }
}
