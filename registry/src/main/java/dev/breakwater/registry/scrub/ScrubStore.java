package dev.breakwater.registry.scrub;

import dev.breakwater.registry.blob.Digest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables of walks through all blobs. */
final class ScrubStore {

    private static final int KEPT = 20;
    private static final int SHOWN = 1_000;

    private ScrubStore() {}

    static long begin(Handle handle, Instant now) {
        handle.execute(
                "DELETE FROM registry.scrub WHERE id <= ("
                        + "SELECT id FROM registry.scrub ORDER BY id DESC OFFSET ? LIMIT 1)",
                KEPT);
        return handle.createQuery("INSERT INTO registry.scrub (started_at) VALUES (:now) RETURNING id")
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    static void progress(Handle handle, long id, long blobs, long bytes) {
        handle.execute("UPDATE registry.scrub SET blobs = ?, bytes = ? WHERE id = ?", blobs, bytes, id);
    }

    static void end(Handle handle, long id, boolean complete, Instant now) {
        handle.execute("UPDATE registry.scrub SET ended_at = ?, complete = ? WHERE id = ?", now, complete, id);
    }

    static void report(Handle handle, long id, Digest digest, String finding, String detail, Instant now) {
        handle.execute(
                "INSERT INTO registry.scrub_report (scrub_id, digest, finding, detail, found_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                id,
                digest.toString(),
                finding,
                detail,
                now);
    }

    /** Lets a damaged blob count as live again; the digest is held, unless somebody is pushing or freeing the blob. */
    static boolean markSound(Handle handle, Digest digest, Instant began, Instant now) {
        return AuditStore.hold(handle, digest)
                && handle.execute(
                                "UPDATE registry.blob SET doomed_at = NULL, damaged_at = NULL, healed_at = ?"
                                        + " WHERE digest = ? AND damaged_at <= ?",
                                now,
                                digest.toString(),
                                began)
                        == 1;
    }

    /** The digests after one that should be in the store. */
    static List<Digest> live(Handle handle, String after, int size) {
        return handle.createQuery("SELECT digest FROM registry.blob WHERE digest > :after AND doomed_at IS NULL"
                        + " ORDER BY digest LIMIT :size")
                .bind("after", after)
                .bind("size", size)
                .map((row, context) -> Digest.parse(row.getString("digest")).orElseThrow())
                .list();
    }

    /** The last walk, with what it has found so far. */
    static Optional<ScrubReport> latest(Handle handle) {
        return handle.createQuery("SELECT id, started_at, ended_at, complete, blobs, bytes FROM registry.scrub"
                        + " ORDER BY id DESC LIMIT 1")
                .map((row, context) -> new ScrubReport(
                        row.getLong("id"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("ended_at", OffsetDateTime.class)),
                        row.getBoolean("complete"),
                        row.getLong("blobs"),
                        row.getLong("bytes"),
                        findings(handle, row.getLong("id"))))
                .findOne();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static List<ScrubReport.Finding> findings(Handle handle, long scrub) {
        return handle.createQuery("""
                        SELECT f.digest, f.finding, f.detail, f.found_at,
                            (SELECT b.healed_at FROM registry.blob b WHERE b.digest = f.digest
                                AND b.doomed_at IS NULL AND b.healed_at >= f.found_at) AS healed_at,
                            COALESCE((
                            SELECT array_agg(n.name) FROM (
                                SELECT r.name FROM registry.repository_blob rb
                                JOIN registry.repository r ON r.id = rb.repository_id
                                WHERE rb.digest = f.digest ORDER BY r.name LIMIT 10) AS n), '{}') AS repositories
                        FROM registry.scrub_report f WHERE f.scrub_id = :scrub ORDER BY f.id LIMIT :most
                        """)
                .bind("scrub", scrub)
                .bind("most", SHOWN)
                .map((row, context) -> new ScrubReport.Finding(
                        row.getString("digest"),
                        row.getString("finding"),
                        row.getString("detail"),
                        row.getObject("found_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("healed_at", OffsetDateTime.class)),
                        List.of((String[]) row.getArray("repositories").getArray())))
                .list();
    }
}
