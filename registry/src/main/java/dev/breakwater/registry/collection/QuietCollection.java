package dev.breakwater.registry.collection;

import dev.breakwater.kernel.job.Jobs;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collection in the background: nobody asks for it and nobody follows it, it only ends with the node. */
public final class QuietCollection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QuietCollection.class);
    private static final Duration DELETED_EVERY = Duration.ofMinutes(1);
    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private final Collector collector;
    private final Progress progress = new Quiet();
    private volatile boolean closed;

    /** Runs this collector. */
    public QuietCollection(Collector collector) {
        this.collector = collector;
    }

    /** The recurring work: what deletions leave soon, and everything else now and then. */
    public List<Jobs.Job> jobs() {
        return List.of(
                new Jobs.Job("registry-collection", DELETED_EVERY, () -> collector.collectDeleted(progress)),
                new Jobs.Job("registry-collection-sweep", SWEEP_EVERY, () -> collector.collectAll(false, 1, progress)));
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Quiet implements Progress {

        @Override
        public void freed(Freed freed) {
            log.debug("Freed {}", freed);
        }

        @Override
        public void log(String line) {
            log.debug("Collection in the background: {}", line);
        }

        @Override
        public boolean goesOn() {
            return !closed;
        }
    }
}
