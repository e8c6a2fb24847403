package dev.breakwater.bench.machine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at the memory of the server every other second and remembers the most. */
public final class ResidenceSampler implements AutoCloseable {

    private static final int PERIOD_SECONDS = 2;

    private final Supplier<ProcessHandle> server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile Residence peak = new Residence(0, 0);

    /** Starts looking; {@code server} names the process. */
    public ResidenceSampler(Supplier<ProcessHandle> server) {
        this.server = server;
        Thread.ofPlatform().daemon().name("residence").start(this::watch);
    }

    private void watch() {
        try {
            do {
                peak = peak.max(Residence.of(server.get()));
            } while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The most so far. */
    public Residence peak() {
        return peak;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
