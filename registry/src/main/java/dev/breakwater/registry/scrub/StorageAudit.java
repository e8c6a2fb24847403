package dev.breakwater.registry.scrub;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.schedule.Background;
import dev.breakwater.registry.schedule.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the store with the tables and repairs what differs (decision D17), a few hundred blobs at a time. Bytes that
 * no row knows are removed when they were seen before and have had no row ever since the grace time; the push that
 * brought them has failed. A blob whose bytes are missing counts as absent from then on, so that its pulls fail clearly
 * and its next push brings it back.
 */
public final class StorageAudit implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StorageAudit.class);
    private static final int BATCH = 500;

    private final Database database;
    private final BlobStore blobs;
    private final TimeSource time;
    private final Duration grace;
    private final Duration every;
    private final Turn turn;
    private final Background threads = new Background("storage-audit");
    private volatile boolean closed;

    /**
     * Prepares the audit.
     *
     * @param grace how long bytes without a row are left alone
     * @param every how often it recurs
     */
    public StorageAudit(Database database, BlobStore blobs, TimeSource time, Duration grace, Duration every) {
        this.database = database;
        this.blobs = blobs;
        this.time = time;
        this.grace = grace;
        this.every = every;
        turn = new Turn(database, "storage-audit");
    }

    /** The recurring work. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-storage-audit", every, this::begin);
    }

    /** Begins an audit, unless one is going on, and returns at once. */
    public void begin() {
        threads.begin(() -> turn.take(() -> new Walk().run()));
    }

    /** What the last one found, or has found so far. */
    public Optional<AuditReport> latest() {
        return database.query(AuditStore::latest);
    }

    /** Ends an audit that is going on. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }

    /** One audit. */
    private final class Walk {

        private final Instant startedAt = time.instant();
        private final List<Digest> batch = new ArrayList<>(BATCH);
        private long id;
        private long stored;
        private long strays;
        private long removed;
        private long missing;
        private long healed;

        void run() {
            id = database.query(handle -> AuditStore.begin(handle, startedAt));
            try {
                blobs.check();
                blobs.forEachBlob(this::see);
                look();
                compareRows();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            database.transact(handle -> {
                AuditStore.forgetAdopted(handle);
                AuditStore.write(handle, report(closed ? null : time.instant()));
                return true;
            });
            if (strays + missing + healed > 0) {
                log.warn("The audit of the storage found {}", report(time.instant()));
            }
        }

        private AuditReport report(@Nullable Instant endedAt) {
            return new AuditReport(id, startedAt, endedAt, stored, strays, removed, missing, healed);
        }

        private void see(Digest digest) {
            batch.add(digest);
            if (batch.size() == BATCH) {
                look();
            }
        }

        private void look() {
            if (!closed && !batch.isEmpty()) {
                stored += batch.size();
                Set<Digest> known = database.query(handle -> AuditStore.known(handle, batch));
                batch.removeIf(known::contains);
                strays += batch.size();
                if (!batch.isEmpty()) {
                    Instant limit = time.instant().minus(grace);
                    database.transact(handle -> AuditStore.note(handle, batch, time.instant(), limit))
                            .forEach(this::removeStray);
                }
                database.query(handle -> {
                    AuditStore.write(handle, report(null));
                    return true;
                });
            }
            batch.clear();
        }

        /** While the digest is held nobody can be about to add its row. */
        private void removeStray(Digest digest) {
            boolean gone = database.transact(handle -> {
                if (!AuditStore.hold(handle, digest)
                        || !AuditStore.known(handle, List.of(digest)).isEmpty()) {
                    return false;
                }
                try {
                    blobs.delete(digest);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                AuditStore.forgetStray(handle, digest);
                return true;
            });
            removed += gone ? 1 : 0;
        }

        private void compareRows() {
            String after = "";
            while (!closed) {
                String from = after;
                List<AuditStore.Row> rows = database.query(handle -> AuditStore.rows(handle, from, BATCH));
                if (rows.isEmpty()) {
                    return;
                }
                for (AuditStore.Row row : rows) {
                    if (isThere(row) == row.missing()) {
                        correct(row);
                    }
                }
                after = rows.getLast().digest().toString();
            }
        }

        private boolean isThere(AuditStore.Row row) {
            try {
                OptionalLong size = blobs.size(row.digest());
                return size.isPresent() && size.getAsLong() == row.size();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Asks again while nobody can push or free the blob, which is locked apart from the pool: where the bytes are
         * is asked there.
         */
        private void correct(AuditStore.Row row) {
            database.apart("storage-audit", handle -> handle.inTransaction(held -> correct(held, row)));
        }

        private boolean correct(Handle handle, AuditStore.Row row) {
            if (!AuditStore.hold(handle, row.digest()) || isThere(row) != row.missing()) {
                return false;
            }
            if (row.missing()) {
                healed += AuditStore.markHealed(handle, row.digest(), time.instant()) ? 1 : 0;
            } else if (AuditStore.markMissing(handle, row.digest(), time.instant())) {
                missing++;
                log.debug("The bytes of the blob {} are missing in the store", row.digest());
            }
            return true;
        }
    }
}
