package dev.breakwater.registry.collection;

import dev.breakwater.registry.blob.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The statements of the collector. Each looks at a bounded number of rows, in the order of their keys. Rows that pushes
 * and pulls hold are passed over, and what was found is looked at again once it is held: a statement sees all that was
 * committed before it began.
 */
final class CollectionSql {

    /**
     * The names of tags that only say what their manifest belongs to: signatures and the like by convention of cosign,
     * and the lists of referrers that clients keep for registries without them.
     */
    private static final String BELONGING = "^(sha256|sha512)-([0-9a-f]{64,128})([.](sig|att|sbom))?$";

    private static final String SUBJECT = "\\1:\\2";

    /** A manifest {@code m} that was deleted and cannot be brought back. */
    private static final String EXPIRED = "m.deleted_at <= :deleted";

    /** A tag of manifest {@code m} was removed and can be brought back. */
    private static final String REVIVABLE = """
            EXISTS (SELECT FROM registry.deleted_tag dt JOIN registry.deletion d ON d.id = dt.deletion_id
                    WHERE dt.manifest_id = m.id AND d.deleted_at > :deleted AND d.undone_at IS NULL)
            """;

    /**
     * A manifest {@code m} that no tag names, nothing contains, and that belongs to nothing. Of what has to go as a
     * whole, the outermost is so first, and the rest when that is gone.
     */
    private static final String LEFT_ALONE = """
            m.deleted_at IS NULL AND m.pushed_at <= :young
            AND NOT EXISTS (SELECT FROM registry.tag t WHERE t.manifest_id = m.id)
            AND NOT EXISTS (SELECT FROM registry.manifest_child c
                            WHERE c.repository_id = m.repository_id AND c.digest = m.digest)
            AND (m.subject IS NULL OR NOT EXISTS (
                SELECT FROM registry.manifest s WHERE s.repository_id = m.repository_id AND s.digest = m.subject))
            AND NOT\s""" + REVIVABLE;

    /** All of one repository that stays: what is tagged, young or can be brought back, and what that needs. */
    private static final String STAYING = """
            WITH RECURSIVE staying (id, digest) AS (
                SELECT m.id, m.digest FROM registry.manifest m
                WHERE m.repository_id = :repository AND (
                    m.deleted_at > :deleted
                    OR (m.deleted_at IS NULL AND (
                        m.pushed_at > :young
                        OR EXISTS (
                            SELECT FROM registry.tag t WHERE t.manifest_id = m.id AND (
                                t.pushed_at > :young
                                OR NOT EXISTS (
                                    SELECT FROM registry.manifest s WHERE s.repository_id = :repository
                                    AND s.digest = regexp_replace(t.name, :belonging, :subject)
                                    UNION ALL
                                    SELECT FROM registry.gone_subject g WHERE g.repository_id = :repository
                                    AND g.digest = regexp_replace(t.name, :belonging, :subject))))
                        OR %s)))
                UNION
                SELECT n.id, n.digest FROM staying k CROSS JOIN LATERAL (
                    SELECT m.id, m.digest FROM registry.manifest_child c
                    JOIN registry.manifest m ON m.repository_id = c.repository_id AND m.digest = c.digest
                    WHERE c.parent_id = k.id AND m.deleted_at IS NULL
                    UNION ALL
                    SELECT m.id, m.digest FROM registry.manifest m
                    WHERE m.repository_id = :repository AND m.subject = k.digest AND m.deleted_at IS NULL
                    UNION ALL
                    SELECT m.id, m.digest FROM registry.tag t JOIN registry.manifest m ON m.id = t.manifest_id
                    WHERE t.repository_id = :repository AND t.name = ANY (ARRAY[
                        replace(k.digest, ':', '-'), replace(k.digest, ':', '-') || '.sig',
                        replace(k.digest, ':', '-') || '.att', replace(k.digest, ':', '-') || '.sbom'])) n)
            """.formatted(REVIVABLE);

    private CollectionSql() {}

    /** A manifest that goes. */
    record Going(long id, long repository, long project, String digest) {}

    /** Content that something in a repository named. */
    record Named(long repository, long project, String digest) {}

    /** The number at which the next window of manifests ends; empty after the last. */
    static Optional<Long> nextManifest(Handle handle, long after, int size) {
        return handle.createQuery("SELECT max(id) FROM (SELECT id FROM registry.manifest WHERE id > :after"
                        + " ORDER BY id LIMIT :size) AS w")
                .bind("after", after)
                .bind("size", size)
                .mapTo(Long.class)
                .findOne();
    }

    /** Those deleted for good, oldest first, held. */
    static List<Long> holdExpired(Handle handle, Limits limits, int most) {
        return bind(
                        handle.createQuery("SELECT m.id FROM registry.manifest m WHERE " + EXPIRED
                                + " ORDER BY m.deleted_at LIMIT :most FOR UPDATE SKIP LOCKED"),
                        limits)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    /** The first of those of a window that are left alone, held. */
    static List<Long> holdLeftAlone(Handle handle, Limits limits, long after, long last, int most) {
        return bind(
                        handle.createQuery(
                                "SELECT m.id FROM registry.manifest m WHERE m.id > :after AND m.id <= :last AND "
                                        + LEFT_ALONE + " ORDER BY m.id LIMIT :most FOR UPDATE SKIP LOCKED"),
                        limits)
                .bind("after", after)
                .bind("last", last)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    /** Looks again at manifests that are held. */
    static List<Going> expired(Handle handle, Limits limits, List<Long> held) {
        return going(handle, limits, held, EXPIRED);
    }

    /** Looks again at manifests that are held. */
    static List<Going> leftAlone(Handle handle, Limits limits, List<Long> held) {
        return going(handle, limits, held, LEFT_ALONE);
    }

    private static List<Going> going(Handle handle, Limits limits, List<Long> held, String condition) {
        return bind(
                        handle.createQuery(
                                "SELECT m.id, m.repository_id, r.project_id, m.digest FROM registry.manifest m"
                                        + " JOIN registry.repository r ON r.id = m.repository_id WHERE m.id = ANY (:held) AND "
                                        + condition),
                        limits)
                .bindArray("held", Long.class, held)
                .map((row, context) -> new Going(
                        row.getLong("id"),
                        row.getLong("repository_id"),
                        row.getLong("project_id"),
                        row.getString("digest")))
                .list();
    }

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

    /** Removes manifests for good with all that hangs on them, and gives the number of their bytes. */
    static long removeManifests(Handle handle, List<Long> manifests) {
        handle.createUpdate("DELETE FROM registry.tag WHERE manifest_id = ANY (:manifests)")
                .bindArray("manifests", Long.class, manifests)
                .execute();
        return handle.createQuery("WITH gone AS (DELETE FROM registry.manifest WHERE id = ANY (:manifests)"
                        + " RETURNING octet_length(content) AS size) SELECT COALESCE(sum(size), 0) FROM gone")
                .bindArray("manifests", Long.class, manifests)
                .mapTo(Long.class)
                .one();
    }

    /** Removes the old tags of what belonged to a manifest that is gone, so that it goes too. */
    static void removeBelongingTags(Handle handle, Limits limits, Collection<Going> gone) {
        bind(handle.createQuery("""
                        WITH belonging AS (
                            SELECT t.id FROM unnest(:repositories, :digests) AS g (repository_id, digest)
                            JOIN registry.tag t ON t.repository_id = g.repository_id AND t.name = ANY (ARRAY[
                                g.digest, g.digest || '.sig', g.digest || '.att', g.digest || '.sbom'])
                            WHERE t.pushed_at <= :young FOR UPDATE OF t SKIP LOCKED),
                        removed AS (DELETE FROM registry.tag WHERE id IN (SELECT id FROM belonging) RETURNING 1)
                        SELECT count(*) FROM removed
                        """), limits)
                .bindArray(
                        "repositories",
                        Long.class,
                        gone.stream().map(Going::repository).toList())
                .bindArray(
                        "digests",
                        String.class,
                        gone.stream()
                                .map(going -> going.digest().replace(':', '-'))
                                .toList())
                .mapTo(Long.class)
                .one();
    }

    /** That a tag {@code t} says that its manifest belongs to {@code g}. */
    private static final String BELONGS = """
            t.repository_id = g.repository_id AND t.name = ANY (ARRAY[
                replace(g.digest, ':', '-'), replace(g.digest, ':', '-') || '.sig',
                replace(g.digest, ':', '-') || '.att', replace(g.digest, ':', '-') || '.sbom'])
            """;

    /** Notes those of the manifests that are gone to which tags still say that something belongs. */
    static void noteGone(Handle handle, Collection<Going> gone) {
        handle.createUpdate("INSERT INTO registry.gone_subject (repository_id, digest)"
                        + " SELECT g.repository_id, g.digest FROM unnest(:repositories, :digests) AS g (repository_id, digest)"
                        + " WHERE EXISTS (SELECT FROM registry.tag t WHERE " + BELONGS + ") ON CONFLICT DO NOTHING")
                .bindArray(
                        "repositories",
                        Long.class,
                        gone.stream().map(Going::repository).toList())
                .bindArray(
                        "digests",
                        String.class,
                        gone.stream().map(Going::digest).toList())
                .execute();
    }

    /** Removes some of the tags that belong to what is gone; tells how many. */
    static int removeOrphanedTags(Handle handle, Limits limits, int most) {
        return bind(handle.createQuery("""
                        WITH orphaned AS (
                            SELECT t.id FROM registry.gone_subject g JOIN registry.tag t ON %s
                            WHERE t.pushed_at <= :young AND NOT EXISTS (
                                SELECT FROM registry.manifest m
                                WHERE m.repository_id = g.repository_id AND m.digest = g.digest)
                            LIMIT :most FOR UPDATE OF t SKIP LOCKED),
                        removed AS (DELETE FROM registry.tag WHERE id IN (SELECT id FROM orphaned) RETURNING 1)
                        SELECT count(*) FROM removed
                        """.formatted(BELONGS)), limits)
                .bind("most", most)
                .mapTo(Integer.class)
                .one();
    }

    /** Forgets what is here again, and what nothing belongs to any more. */
    static void forgetGone(Handle handle) {
        handle.execute("DELETE FROM registry.gone_subject g WHERE EXISTS (SELECT FROM registry.manifest m"
                + " WHERE m.repository_id = g.repository_id AND m.digest = g.digest)"
                + " OR NOT EXISTS (SELECT FROM registry.tag t WHERE " + BELONGS + ")");
    }

    /** Ends that blobs may be read through repositories where no manifest names them. */
    static List<Named> unlink(Handle handle, Limits limits, List<Named> named) {
        List<Long> repositories = named.stream().map(Named::repository).toList();
        List<String> digests = named.stream().map(Named::digest).toList();
        List<Named> held = bind(handle.createQuery("""
                        SELECT rb.repository_id, rb.project_id, rb.digest
                        FROM unnest(:repositories, :digests) AS n (repository_id, digest)
                        JOIN registry.repository_blob rb
                            ON rb.repository_id = n.repository_id AND rb.digest = n.digest
                        WHERE rb.linked_at <= :young FOR UPDATE OF rb SKIP LOCKED
                        """), limits)
                .bindArray("repositories", Long.class, repositories)
                .bindArray("digests", String.class, digests)
                .map((row, context) ->
                        new Named(row.getLong("repository_id"), row.getLong("project_id"), row.getString("digest")))
                .list();
        return held.isEmpty()
                ? held
                : bind(handle.createQuery("""
                        DELETE FROM registry.repository_blob rb
                        USING unnest(:repositories, :digests) AS n (repository_id, digest)
                        WHERE rb.repository_id = n.repository_id AND rb.digest = n.digest AND rb.linked_at <= :young
                          AND NOT EXISTS (SELECT FROM registry.manifest_blob mb
                                          WHERE mb.repository_id = rb.repository_id AND mb.digest = rb.digest)
                        RETURNING rb.repository_id, rb.project_id, rb.digest
                        """), limits)
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

    /** A window of links: the last of it, and those of it that no manifest of their repository names. */
    record Links(long repository, String digest, List<Named> unnamed) {}

    /** The links that come after one; empty after the last. */
    static Optional<Links> nextLinks(Handle handle, Limits limits, long repository, String digest, int size) {
        record Row(Named link, boolean unnamed) {}
        List<Row> rows = bind(handle.createQuery("""
                        SELECT w.repository_id, w.project_id, w.digest,
                            w.linked_at <= :young AND NOT EXISTS (
                                SELECT FROM registry.manifest_blob mb
                                WHERE mb.repository_id = w.repository_id AND mb.digest = w.digest) AS unnamed
                        FROM (SELECT repository_id, project_id, digest, linked_at FROM registry.repository_blob
                              WHERE (repository_id, digest) > (:repository, :digest)
                              ORDER BY repository_id, digest LIMIT :size) AS w
                        ORDER BY w.repository_id, w.digest
                        """), limits)
                .bind("repository", repository)
                .bind("digest", digest)
                .bind("size", size)
                .map((row, context) -> new Row(
                        new Named(row.getLong("repository_id"), row.getLong("project_id"), row.getString("digest")),
                        row.getBoolean("unnamed")))
                .list();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Links(
                        rows.getLast().link().repository(),
                        rows.getLast().link().digest(),
                        rows.stream().filter(Row::unnamed).map(Row::link).toList()));
    }

    /** A window of contents that are counted: the last of it, and those of it that nothing in their project names. */
    static Optional<Links> nextCounted(Handle handle, long project, String digest, int size) {
        record Row(Named content, boolean unnamed) {}
        List<Row> rows = handle.createQuery("""
                        SELECT w.project_id, w.digest,
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
                .bind("size", size)
                .map((row, context) -> new Row(
                        new Named(0, row.getLong("project_id"), row.getString("digest")), row.getBoolean("unnamed")))
                .list();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Links(
                        rows.getLast().content().project(),
                        rows.getLast().content().digest(),
                        rows.stream().filter(Row::unnamed).map(Row::content).toList()));
    }

    /** A window of blobs: the last of it, and those of it that nothing refers to. */
    record Blobs(String digest, List<Digest> unreferenced) {}

    /** The blobs that come after one; empty after the last. */
    static Optional<Blobs> nextBlobs(Handle handle, Limits limits, String after, int size) {
        record Row(String digest, boolean unreferenced) {}
        List<Row> rows = bind(
                        handle.createQuery("SELECT b.digest, " + UNREFERENCED + " AS unreferenced FROM ("
                                + "SELECT digest, created_at, doomed_at FROM registry.blob WHERE digest > :after"
                                + " ORDER BY digest LIMIT :size) AS b ORDER BY b.digest"),
                        limits)
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

    private static final String UNREFERENCED = """
            ((b.doomed_at IS NOT NULL OR b.created_at <= :young)
             AND NOT EXISTS (SELECT FROM registry.repository_blob rb WHERE rb.digest = b.digest)
             AND NOT EXISTS (SELECT FROM registry.manifest_blob mb WHERE mb.digest = b.digest))
            """;

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
        return bind(
                        handle.createQuery("DELETE FROM registry.blob b WHERE b.digest = ANY (:held)"
                                + " AND b.content IS NOT NULL AND " + UNREFERENCED + " RETURNING b.digest, b.size"),
                        limits)
                .bindArray("held", String.class, held)
                .map((row, context) ->
                        new Freeable(Digest.parse(row.getString("digest")).orElseThrow(), row.getLong("size")))
                .list();
    }

    /** Dooms those of the held digests that nothing refers to. */
    static List<Digest> doom(Handle handle, Limits limits, List<String> held, Instant now) {
        return bind(
                        handle.createQuery("UPDATE registry.blob b SET doomed_at = COALESCE(b.doomed_at, :now)"
                                + " WHERE b.digest = ANY (:held) AND b.content IS NULL AND " + UNREFERENCED
                                + " RETURNING b.digest"),
                        limits)
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

    /** Forgets deletions that cannot be undone any more; tells how many. */
    static int removeDeletions(Handle handle, Limits limits, int most) {
        return handle.createUpdate("DELETE FROM registry.deletion WHERE id IN (SELECT id FROM registry.deletion"
                        + " WHERE deleted_at <= :deleted ORDER BY deleted_at LIMIT :most FOR UPDATE SKIP LOCKED)")
                .bind("deleted", limits.deleted())
                .bind("most", most)
                .execute();
    }

    /** The repositories after one, in the order of their numbers. */
    static List<Long> repositories(Handle handle, long after, int size) {
        return handle.createQuery("SELECT id FROM registry.repository WHERE id > :after ORDER BY id LIMIT :size")
                .bind("after", after)
                .bind("size", size)
                .mapTo(Long.class)
                .list();
    }

    private static final String EMPTY = """
            r.id = ANY (:ids) AND r.updated_at <= CAST(:young AS timestamptz) - INTERVAL '30 days'
            AND NOT EXISTS (SELECT FROM registry.manifest m WHERE m.repository_id = r.id)
            AND NOT EXISTS (SELECT FROM registry.repository_blob rb WHERE rb.repository_id = r.id)
            AND NOT EXISTS (SELECT FROM registry.tag t WHERE t.repository_id = r.id)
            AND NOT EXISTS (SELECT FROM registry.deletion d WHERE d.repository_id = r.id)
            """;

    /**
     * Removes those of some repositories in which there is nothing, and has been nothing for so long that nobody can be
     * about to push to them.
     */
    static void removeEmpty(Handle handle, Limits limits, List<Long> repositories) {
        List<Long> held = bind(
                        handle.createQuery(
                                "SELECT r.id FROM registry.repository r WHERE " + EMPTY + " FOR UPDATE SKIP LOCKED"),
                        limits)
                .bindArray("ids", Long.class, repositories)
                .mapTo(Long.class)
                .list();
        if (!held.isEmpty()) {
            bind(
                            handle.createQuery("WITH gone AS (DELETE FROM registry.repository r WHERE " + EMPTY
                                    + " RETURNING 1) SELECT count(*) FROM gone"),
                            limits)
                    .bindArray("ids", Long.class, held)
                    .mapTo(Long.class)
                    .one();
        }
    }

    /** Notes which manifests of a repository a run would remove, and tells how many and of how many bytes. */
    static Freed plan(Handle handle, Limits limits, long run, long repository, boolean untagged) {
        String goes = untagged ? "m.id NOT IN (SELECT id FROM staying)" : EXPIRED;
        return bind(handle.createQuery((untagged ? STAYING + "," : "WITH") + """
                         planned AS (
                            INSERT INTO registry.collection_plan (run_id, manifest_id)
                            SELECT :run, m.id FROM registry.manifest m WHERE m.repository_id = :repository AND %s
                            RETURNING manifest_id)
                        SELECT count(*) AS manifests, COALESCE(sum(octet_length(m.content)), 0) AS bytes
                        FROM planned JOIN registry.manifest m ON m.id = planned.manifest_id
                        """.formatted(goes)), limits)
                .bind("run", run)
                .bind("repository", repository)
                .bind("belonging", BELONGING)
                .bind("subject", SUBJECT)
                .map((row, context) -> new Freed(row.getLong("manifests"), 0, row.getLong("bytes")))
                .one();
    }

    /** A window of blobs: the last of it, and what of it would be freed were the planned manifests gone. */
    record Foreseen(String digest, Freed freed) {}

    /** What of the next blobs a run would free; empty after the last. */
    static Optional<Foreseen> foresee(Handle handle, Limits limits, long run, String after, int size) {
        return bind(handle.createQuery("""
                        SELECT max(b.digest) AS last, count(*) FILTER (WHERE b.goes) AS blobs,
                            COALESCE(sum(b.size) FILTER (WHERE b.goes AND (b.missing_at IS NULL
                                                               OR b.doomed_at IS NULL)), 0) AS bytes
                        FROM (SELECT w.*, (w.doomed_at IS NOT NULL OR w.created_at <= :young)
                                AND NOT EXISTS (
                                    SELECT FROM registry.manifest_blob mb WHERE mb.digest = w.digest
                                    AND NOT EXISTS (SELECT FROM registry.collection_plan p
                                                    WHERE p.run_id = :run AND p.manifest_id = mb.manifest_id))
                                AND NOT EXISTS (
                                    SELECT FROM registry.repository_blob rb
                                    WHERE rb.digest = w.digest AND rb.linked_at > :young) AS goes
                              FROM (SELECT * FROM registry.blob WHERE digest > :after
                                    ORDER BY digest LIMIT :size) AS w) AS b
                        HAVING count(*) > 0
                        """), limits)
                .bind("run", run)
                .bind("after", after)
                .bind("size", size)
                .map((row, context) ->
                        new Foreseen(row.getString("last"), new Freed(0, row.getLong("blobs"), row.getLong("bytes"))))
                .findOne();
    }

    /** Forgets what a dry run noted. */
    static void forgetPlan(Handle handle, long run) {
        handle.execute("DELETE FROM registry.collection_plan WHERE run_id = ?", run);
    }

    private static Query bind(Query query, Limits limits) {
        return query.bind("young", limits.young()).bind("deleted", limits.deleted());
    }
}
