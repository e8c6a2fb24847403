package dev.breakwater.kernel.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The resolver of the operating system. Its call cannot be cancelled and would hold the carrier of a virtual thread,
 * so it runs on platform threads of its own and nobody waits for it longer than an attempt may take.
 */
public final class SystemNames implements GuardedResolver.Names, AutoCloseable {

    private static final int THREADS = 128;

    private final ExecutorService threads;
    private final Duration patience;

    /** Gives up a name that is not found within {@code patience}. */
    public SystemNames(Duration patience) {
        this.patience = patience;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("name-lookup-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    @Override
    public InetAddress[] lookUp(String host) throws UnknownHostException {
        Future<InetAddress[]> lookup = threads.submit(() -> InetAddress.getAllByName(host));
        try {
            return lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unknown(host, e);
        } catch (TimeoutException e) {
            lookup.cancel(true);
            throw unknown(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        }
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
