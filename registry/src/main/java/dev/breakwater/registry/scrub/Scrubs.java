package dev.breakwater.registry.scrub;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.blob.Scrub;
import dev.breakwater.registry.content.ContentSql;
import dev.breakwater.registry.schedule.Background;
import dev.breakwater.registry.schedule.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all blobs from time to time, at a bounded pace, and keeps a report of those that are damaged. A damaged blob
 * counts as absent from then on, so that its pulls fail clearly and its next push brings it back; it also comes back when
 * a later walk finds it sound, as after a repair of the disk.
 */
public final class Scrubs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Scrubs.class);
    private static final int BATCH = 500;

    private final Database database;
    private final BlobStore blobs;
    private final TimeSource time;
    private final long bytesPerSecond;
    private final Duration every;
    private final Turn turn;
    private final Background threads = new Background("scrub");
    private volatile @Nullable Scrub current;
    private volatile boolean closed;

    /**
     * Prepares the scrubber.
     *
     * @param bytesPerSecond that are read at most, on average
     * @param every how often all blobs are read
     */
    public Scrubs(Database database, BlobStore blobs, TimeSource time, long bytesPerSecond, Duration every) {
        this.database = database;
        this.blobs = blobs;
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        this.every = every;
        turn = new Turn(database, "scrub");
    }

    /** The recurring work. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-scrub", every, this::begin);
    }

    /** Begins a walk, unless one is going on, and returns at once. */
    public void begin() {
        threads.begin(() -> turn.take(this::walk));
    }

    /** What the last walk found, or has found so far. */
    public Optional<ScrubReport> latest() {
        return database.query(ScrubStore::latest);
    }

    private void walk() {
        Instant began = time.instant();
        long id = database.query(handle -> ScrubStore.begin(handle, began));
        Scrub scrub = new Scrub(blobs, new Rows(), new Report(id, began), time, bytesPerSecond);
        current = scrub;
        try {
            boolean complete = !closed && scrub.run();
            database.query(handle -> {
                ScrubStore.end(handle, id, complete, time.instant());
                return true;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            current = null;
        }
    }

    /** Ends a walk that is going on. */
    @Override
    public void close() {
        closed = true;
        @Nullable Scrub scrub = current;
        if (scrub != null) {
            scrub.cancel();
        }
        threads.close();
    }

    private final class Rows implements Scrub.Expected {

        @Override
        public Set<Digest> among(Collection<Digest> digests) {
            return database.query(handle -> AuditStore.live(handle, digests));
        }

        @Override
        public void forEach(Consumer<Digest> visitor) {
            String after = "";
            while (true) {
                String from = after;
                List<Digest> some = database.query(handle -> ScrubStore.live(handle, from, BATCH));
                if (some.isEmpty()) {
                    return;
                }
                some.forEach(visitor);
                after = some.getLast().toString();
            }
        }
    }

    /** Strays are the audit's: they hurt nobody. */
    private final class Report implements Scrub.Findings {

        private final long id;
        private final Instant began;

        Report(long id, Instant began) {
            this.id = id;
            this.began = began;
        }

        @Override
        public void damaged(Digest digest) {
            database.transact(handle -> ContentSql.markDamaged(handle, digest, began, time.instant()));
            add(digest, "damaged", "");
        }

        @Override
        public void sound(Digest digest) {
            boolean healed = database.transact(handle -> ScrubStore.markSound(handle, digest, began, time.instant()));
            if (healed) {
                log.info("The blob {} was damaged and is sound again", digest);
            }
        }

        @Override
        public void unreadable(Digest digest, IOException reason) {
            add(digest, "unreadable", String.valueOf(reason.getMessage()));
        }

        @Override
        public void missing(Digest digest) {
            add(digest, "missing", "");
        }

        @Override
        public void unexpected(Digest digest) {}

        @Override
        public void progress(long read, long bytes) {
            database.query(handle -> {
                ScrubStore.progress(handle, id, read, bytes);
                return true;
            });
        }

        private void add(Digest digest, String finding, String detail) {
            log.error("The blob {} is {} {}", digest, finding, detail);
            database.query(handle -> {
                ScrubStore.report(handle, id, digest, finding, detail, time.instant());
                return true;
            });
        }
    }
}
