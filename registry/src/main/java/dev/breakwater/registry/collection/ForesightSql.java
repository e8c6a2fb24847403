package dev.breakwater.registry.collection;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a collection would remove, noted by its manifests.
 */
final class ForesightSql {

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
            """.formatted(ManifestSql.REVIVABLE);

    private ForesightSql() {}

    /** Notes which manifests of a repository a run would remove, and tells how many and of how many bytes. */
    static Freed plan(Handle handle, Limits limits, long run, long repository, boolean untagged) {
        String goes = untagged ? "m.id NOT IN (SELECT id FROM staying)" : ManifestSql.EXPIRED;
        return limits.bind(handle.createQuery((untagged ? STAYING + "," : "WITH") + """
                         planned AS (
                            INSERT INTO registry.collection_plan (run_id, manifest_id)
                            SELECT :run, m.id FROM registry.manifest m WHERE m.repository_id = :repository AND %s
                            RETURNING manifest_id)
                        SELECT count(*) AS manifests, COALESCE(sum(octet_length(m.content)), 0) AS bytes
                        FROM planned JOIN registry.manifest m ON m.id = planned.manifest_id
                        """.formatted(goes)))
                .bind("run", run)
                .bind("repository", repository)
                .bind("belonging", ManifestSql.BELONGING)
                .bind("subject", ManifestSql.SUBJECT)
                .map((row, context) -> new Freed(row.getLong("manifests"), 0, row.getLong("bytes")))
                .one();
    }

    /** A window of blobs: the last of it, and what of it would be freed were the planned manifests gone. */
    record Foreseen(String digest, Freed freed) {}

    /** What of the next blobs a run would free; empty after the last. */
    static Optional<Foreseen> foresee(Handle handle, Limits limits, long run, String after, int size) {
        return limits.bind(handle.createQuery("""
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
                        """))
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
}
