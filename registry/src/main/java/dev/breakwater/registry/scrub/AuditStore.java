package dev.breakwater.registry.scrub;

import dev.breakwater.registry.blob.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The rows of blobs as the audit and the scrubber need them, and the audit's own tables. */
final class AuditStore {

    private static final RowMapper<AuditReport> REPORT = ConstructorMapper.of(AuditReport.class);
    private static final int KEPT = 100;

    private AuditStore() {}

    /** Those of some digests that have a row, be it doomed or not. */
    static Set<Digest> known(Handle handle, Collection<Digest> digests) {
        return among(handle, digests, "");
    }

    /** Those of some digests that have a row and are there to stay. */
    static Set<Digest> live(Handle handle, Collection<Digest> digests) {
        return among(handle, digests, " AND doomed_at IS NULL");
    }

    private static Set<Digest> among(Handle handle, Collection<Digest> digests, String condition) {
        return new HashSet<>(handle.createQuery(
                        "SELECT digest FROM registry.blob WHERE digest = ANY (:digests)" + condition)
                .bindArray(
                        "digests",
                        String.class,
                        digests.stream().map(Digest::toString).toList())
                .map((row, context) -> Digest.parse(row.getString("digest")).orElseThrow())
                .list());
    }

    /** Notes strays, and gives those of them that were first seen up to a limit. */
    static List<Digest> note(Handle handle, Collection<Digest> strays, Instant now, Instant limit) {
        List<String> digests = strays.stream().map(Digest::toString).sorted().toList();
        handle.createUpdate("INSERT INTO registry.stray_blob (digest, seen_at)"
                        + " SELECT digest, :now FROM unnest(:digests) AS digest ON CONFLICT DO NOTHING")
                .bindArray("digests", String.class, digests)
                .bind("now", now)
                .execute();
        return handle.createQuery("SELECT digest FROM registry.stray_blob WHERE digest = ANY (:digests)"
                        + " AND seen_at <= :limit")
                .bindArray("digests", String.class, digests)
                .bind("limit", limit)
                .map((row, context) -> Digest.parse(row.getString("digest")).orElseThrow())
                .list();
    }

    /** Holds a digest until the transaction ends, unless somebody is pushing or freeing it. */
    static boolean hold(Handle handle, Digest digest) {
        return handle.createQuery("SELECT pg_try_advisory_xact_lock(hashtextextended(:digest, 0))")
                .bind("digest", digest.toString())
                .mapTo(boolean.class)
                .one();
    }

    static void forgetStray(Handle handle, Digest digest) {
        handle.execute("DELETE FROM registry.stray_blob WHERE digest = ?", digest.toString());
    }

    /** Forgets strays that have a row since. */
    static void forgetAdopted(Handle handle) {
        handle.execute("DELETE FROM registry.stray_blob s USING registry.blob b WHERE b.digest = s.digest");
        handle.execute("UPDATE registry.blob SET missing_at = NULL WHERE missing_at IS NOT NULL AND doomed_at IS NULL");
    }

    /** A blob as its row has it. */
    record Row(Digest digest, long size, boolean missing) {}

    /** The blobs after one that should be in the store, and those that were missing there. */
    static List<Row> rows(Handle handle, String after, int size) {
        return handle.createQuery("""
                        SELECT digest, size, doomed_at IS NOT NULL AS missing FROM registry.blob
                        WHERE digest > :after AND content IS NULL
                          AND (doomed_at IS NULL OR missing_at IS NOT NULL)
                        ORDER BY digest LIMIT :size
                        """)
                .bind("after", after)
                .bind("size", size)
                .map((row, context) -> new Row(
                        Digest.parse(row.getString("digest")).orElseThrow(),
                        row.getLong("size"),
                        row.getBoolean("missing")))
                .list();
    }

    static boolean markMissing(Handle handle, Digest digest, Instant now) {
        return handle.execute(
                        "UPDATE registry.blob SET doomed_at = ?, missing_at = ?, healed_at = NULL"
                                + " WHERE digest = ? AND doomed_at IS NULL",
                        now,
                        now,
                        digest.toString())
                == 1;
    }

    static boolean markHealed(Handle handle, Digest digest, Instant now) {
        return handle.execute(
                        "UPDATE registry.blob SET doomed_at = NULL, missing_at = NULL, healed_at = ? WHERE digest = ?"
                                + " AND missing_at IS NOT NULL",
                        now,
                        digest.toString())
                == 1;
    }

    static long begin(Handle handle, Instant now) {
        handle.execute(
                "DELETE FROM registry.storage_audit WHERE id <= ("
                        + "SELECT id FROM registry.storage_audit ORDER BY id DESC OFFSET ? LIMIT 1)",
                KEPT);
        return handle.createQuery("INSERT INTO registry.storage_audit (started_at) VALUES (:now) RETURNING id")
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    static void write(Handle handle, AuditReport report) {
        handle.createUpdate("UPDATE registry.storage_audit SET ended_at = :endedAt, stored = :stored, strays = :strays,"
                        + " removed = :removed, missing = :missing, healed = :healed WHERE id = :id")
                .bindMethods(report)
                .execute();
    }

    static Optional<AuditReport> latest(Handle handle) {
        return handle.createQuery("SELECT id, started_at, ended_at, stored, strays, removed, missing, healed"
                        + " FROM registry.storage_audit ORDER BY id DESC LIMIT 1")
                .map(REPORT)
                .findOne();
    }
}
