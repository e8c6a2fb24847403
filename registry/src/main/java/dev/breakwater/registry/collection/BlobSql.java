package dev.breakwater.registry.collection;

import dev.breakwater.registry.blob.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds and removes blobs that nothing names any more, and where they may be read. Each
 * statement looks at a bounded number of rows, in the order of their keys. Rows that pushes and pulls hold are passed over,
 * and what was found is looked at again once it is held: a statement sees all that was committed before it began.
 */
final class BlobSql {

    private static final String UNREFERENCED = """
            ((b.doomed_at IS NOT NULL OR b.created_at <= :young)
             AND NOT EXISTS (SELECT FROM registry.repository_blob rb WHERE rb.digest = b.digest)
             AND NOT EXISTS (SELECT FROM registry.manifest_blob mb WHERE mb.digest = b.digest))
            """;

    private BlobSql() {}

    /** Content that something in a repository named. */
    record Named(long repository, long project, String digest) {}

    /** The blobs that some manifests name. */
    static List<Named> blobsOf(Handle handle, List<Long> manifests) {
        return handle.createQuery(
                        "SELECT DISTINCT b.repository_id, r.project_id, b.digest FROM registry.manifest_blob b"
                                + " JOIN registry.repository r ON r.id = b.repository_id WHERE b.manifest_id = ANY (:manifests)")
                .bindArray("manifests", Long.class, manifests)
                .map((row, context) ->
                        new Named(row.getLong("repository_id"), row.getLong("project_id"), row.getString("digest")))
                .list();
    }

    /** Ends that blobs may be read through repositories where no manifest names them. */
    static List<Named> unlink(Handle handle, Limits limits, List<Named> named) {
        List<Long> repositories = named.stream().map(Named::repository).toList();
        List<String> digests = named.stream().map(Named::digest).toList();
        List<Named> held = limits.bind(handle.createQuery("""
                        SELECT rb.repository_id, rb.project_id, rb.digest
                        FROM unnest(:repositories, :digests) AS n (repository_id, digest)
                        JOIN registry.repository_blob rb
                            ON rb.repository_id = n.repository_id AND rb.digest = n.digest
                        WHERE rb.linked_at <= :young FOR UPDATE OF rb SKIP LOCKED
                        """))
                .bindArray("repositories", Long.class, repositories)
                .bindArray("digests", String.class, digests)
                .map((row, context) ->
                        new Named(row.getLong("repository_id"), row.getLong("project_id"), row.getString("digest")))
                .list();
        return held.isEmpty()
                ? held
                : limits.bind(handle.createQuery("""
                        DELETE FROM registry.repository_blob rb
                        USING unnest(:repositories, :digests) AS n (repository_id, digest)
                        WHERE rb.repository_id = n.repository_id AND rb.digest = n.digest AND rb.linked_at <= :young
                          AND NOT EXISTS (SELECT FROM registry.manifest_blob mb
                                          WHERE mb.repository_id = rb.repository_id AND mb.digest = rb.digest)
                        RETURNING rb.repository_id, rb.project_id, rb.digest
                        """))
                        .bindArray(
                                "repositories",
                                Long.class,
                                held.stream().map(Named::repository).toList())
                        .bindArray(
                                "digests",
                                String.class,
                                held.stream().map(Named::digest).toList())
                        .map((row, context) -> new Named(
                                row.getLong("repository_id"), row.getLong("project_id"), row.getString("digest")))
                        .list();
    }

    /** A window of what may be named: the last of it, and those of it that nothing names. */
    record Window(Named last, List<Named> unnamed) {}

    /** The links that come after one, and whether a manifest of their repository names them; empty after the last. */
    static Optional<Window> nextLinks(Handle handle, Limits limits, long repository, String digest, int size) {
        return window(limits.bind(handle.createQuery("""
                        SELECT w.repository_id, w.project_id, w.digest,
                            w.linked_at <= :young AND NOT EXISTS (
                                SELECT FROM registry.manifest_blob mb
                                WHERE mb.repository_id = w.repository_id AND mb.digest = w.digest) AS unnamed
                        FROM (SELECT repository_id, project_id, digest, linked_at FROM registry.repository_blob
                              WHERE (repository_id, digest) > (:repository, :digest)
                              ORDER BY repository_id, digest LIMIT :size) AS w
                        ORDER BY w.repository_id, w.digest
                        """))
                .bind("repository", repository)
                .bind("digest", digest)
                .bind("size", size));
    }

    /** The counted contents that come after one, and whether their project names them; empty after the last. */
    static Optional<Window> nextCounted(Handle handle, long project, String digest, int size) {
        return window(handle.createQuery("""
                        SELECT 0 AS repository_id, w.project_id, w.digest,
                            NOT EXISTS (
                                SELECT FROM registry.manifest_blob mb
                                JOIN registry.repository r ON r.id = mb.repository_id
                                WHERE mb.digest = w.digest AND r.project_id = w.project_id)
                            AND NOT EXISTS (
                                SELECT FROM registry.repository r JOIN registry.manifest m ON m.repository_id = r.id
                                WHERE r.project_id = w.project_id AND m.digest = w.digest) AS unnamed
                        FROM (SELECT project_id, digest FROM registry.project_content
                              WHERE (project_id, digest) > (:project, :digest)
                              ORDER BY project_id, digest LIMIT :size) AS w
                        ORDER BY w.project_id, w.digest
                        """)
                .bind("project", project)
                .bind("digest", digest)
                .bind("size", size));
    }

    private static Optional<Window> window(Query query) {
        record Row(Named content, boolean unnamed) {}
        List<Row> rows = query.map((row, context) -> new Row(
                        new Named(row.getLong("repository_id"), row.getLong("project_id"), row.getString("digest")),
                        row.getBoolean("unnamed")))
                .list();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Window(
                        rows.getLast().content(),
                        rows.stream().filter(Row::unnamed).map(Row::content).toList()));
    }

    /** A window of blobs: the last of it, and those of it that nothing refers to. */
    record Blobs(String digest, List<Digest> unreferenced) {}

    /** The blobs that come after one; empty after the last. */
    static Optional<Blobs> nextBlobs(Handle handle, Limits limits, String after, int size) {
        record Row(String digest, boolean unreferenced) {}
        List<Row> rows = limits.bind(handle.createQuery("SELECT b.digest, " + UNREFERENCED + " AS unreferenced FROM ("
                        + "SELECT digest, created_at, doomed_at FROM registry.blob WHERE digest > :after"
                        + " ORDER BY digest LIMIT :size) AS b ORDER BY b.digest"))
                .bind("after", after)
                .bind("size", size)
                .map((row, context) -> new Row(row.getString("digest"), row.getBoolean("unreferenced")))
                .list();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Blobs(
                        rows.getLast().digest(),
                        rows.stream()
                                .filter(Row::unreferenced)
                                .map(row -> Digest.parse(row.digest()).orElseThrow())
                                .toList()));
    }

    /** Those of some digests that nobody is pushing; until the transaction ends, nobody does. */
    static List<String> holdDigests(Handle handle, List<Digest> digests) {
        return handle.createQuery("SELECT digest FROM unnest(:digests) AS digest"
                        + " WHERE pg_try_advisory_xact_lock(hashtextextended(digest, 0))")
                .bindArray(
                        "digests",
                        String.class,
                        digests.stream().map(Digest::toString).toList())
                .mapTo(String.class)
                .list();
    }

    /** Removes those of the held digests that nothing refers to and whose bytes lie in their rows, so go with them. */
    static List<Freeable> removeSmall(Handle handle, Limits limits, List<String> held) {
        return limits.bind(handle.createQuery("DELETE FROM registry.blob b WHERE b.digest = ANY (:held)"
                        + " AND b.content IS NOT NULL AND " + UNREFERENCED + " RETURNING b.digest, b.size"))
                .bindArray("held", String.class, held)
                .map((row, context) ->
                        new Freeable(Digest.parse(row.getString("digest")).orElseThrow(), row.getLong("size")))
                .list();
    }

    /** Dooms those of the held digests that nothing refers to. */
    static List<Digest> doom(Handle handle, Limits limits, List<String> held, Instant now) {
        return limits.bind(handle.createQuery("UPDATE registry.blob b SET doomed_at = COALESCE(b.doomed_at, :now)"
                        + " WHERE b.digest = ANY (:held) AND b.content IS NULL AND " + UNREFERENCED
                        + " RETURNING b.digest"))
                .bind("now", now)
                .bindArray("held", String.class, held)
                .map((row, context) -> Digest.parse(row.getString("digest")).orElseThrow())
                .list();
    }

    /** A blob whose bytes are freed; a size of 0 when they are missing already. */
    record Freeable(Digest digest, long size) {}

    /** Those of the held digests that are doomed and nothing refers to. */
    static List<Freeable> doomed(Handle handle, List<String> held) {
        return handle.createQuery("""
                        SELECT b.digest, CASE WHEN b.missing_at IS NULL THEN b.size ELSE 0 END AS size
                        FROM registry.blob b WHERE b.digest = ANY (:held) AND b.doomed_at IS NOT NULL
                          AND NOT EXISTS (SELECT FROM registry.repository_blob rb WHERE rb.digest = b.digest)
                          AND NOT EXISTS (SELECT FROM registry.manifest_blob mb WHERE mb.digest = b.digest)
                        """)
                .bindArray("held", String.class, held)
                .map((row, context) ->
                        new Freeable(Digest.parse(row.getString("digest")).orElseThrow(), row.getLong("size")))
                .list();
    }

    /** Forgets blobs whose bytes are freed. That they are gone need not outlive a crash: then they are freed again. */
    static void forget(Handle handle, List<Freeable> freed) {
        handle.execute("SET LOCAL synchronous_commit TO off");
        handle.createUpdate("DELETE FROM registry.blob WHERE digest = ANY (:digests)")
                .bindArray(
                        "digests",
                        String.class,
                        freed.stream().map(doomed -> doomed.digest().toString()).toList())
                .execute();
    }

    /** Blobs that were doomed and not freed yet, as after a crash. */
    static List<Digest> left(Handle handle, int most) {
        return handle.createQuery("""
                        SELECT b.digest FROM registry.blob b WHERE b.doomed_at IS NOT NULL
                          AND NOT EXISTS (SELECT FROM registry.repository_blob rb WHERE rb.digest = b.digest)
                          AND NOT EXISTS (SELECT FROM registry.manifest_blob mb WHERE mb.digest = b.digest)
                        ORDER BY b.doomed_at LIMIT :most
                        """)
                .bind("most", most)
                .map((row, context) -> Digest.parse(row.getString("digest")).orElseThrow())
                .list();
    }
}
