package dev.breakwater.registry.classic.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What there is to scan, and when everything was last sent to the scanner. */
public final class ScanStore {

    /** How long to wait before everything is scanned again. */
    static final Duration BETWEEN = Duration.ofHours(2);

    private ScanStore() {}

    /** When everything may be scanned again; empty when it may be now. */
    public static Optional<Instant> nextScanAll(Handle handle, Instant now) {
        return handle.createQuery("SELECT started_at FROM registry.classic_scan_all")
                .mapTo(Instant.class)
                .findOne()
                .map(started -> started.plus(BETWEEN))
                .filter(now::isBefore);
    }

    /** Notes that everything is scanned now; false when that was less than two hours ago. */
    static boolean beginScanAll(Handle handle, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO registry.classic_scan_all (started_at) VALUES (:now)
                        ON CONFLICT (only_one) DO UPDATE SET started_at = excluded.started_at
                        WHERE classic_scan_all.started_at <= :limit
                        """)
                        .bind("now", now)
                        .bind("limit", now.minus(BETWEEN))
                        .execute()
                == 1;
    }
}
