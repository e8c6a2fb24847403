package dev.breakwater.registry.proxy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.schedule.Background;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blobs that are on their way here, each fetched once however many want it. What was begun is brought to its end, also
 * when all who wanted it have gone: the next one finds it here.
 */
final class Arrivals implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private final Map<String, Arrival> underWay = new ConcurrentHashMap<>();
    private final Background threads = new Background("mirrored blob");

    /** Fetches something. */
    @FunctionalInterface
    interface Fetch {
        /** Whether there was something; tells the arrival how far it is. */
        boolean run(Arrival arrival);
    }

    /** Fetches it on a thread of its own, unless that is being done. */
    Arrival begin(String what, Fetch fetch) {
        return join(what, threads::begin, fetch);
    }

    /** Fetches it at once, unless that is being done; waits for the end. */
    boolean bring(String what, Fetch fetch) {
        return join(what, Runnable::run, fetch).await();
    }

    private Arrival join(String what, Executor executor, Fetch fetch) {
        Arrival mine = new Arrival();
        @Nullable Arrival first = underWay.putIfAbsent(what, mine);
        if (first != null) {
            return first;
        }
        executor.execute(() -> {
            Runnable outcome = run(fetch, mine);
            // Before it is told, so that whoever asks again because of it does not find this one.
            underWay.remove(what, mine);
            outcome.run();
        });
        return mine;
    }

    private static Runnable run(Fetch fetch, Arrival arrival) {
        try {
            boolean arrived = fetch.run(arrival);
            return () -> arrival.end(arrived);
        } catch (Failure e) {
            return () -> arrival.fail(e);
        } catch (RuntimeException | Error e) {
            log.error("A blob that is mirrored could not be fetched", e);
            return () -> arrival.fail(new IllegalStateException(e));
        }
    }

    /** Waits a moment for those that are still on their way; their connections are closed before. */
    @Override
    public void close() {
        threads.close();
    }
}
