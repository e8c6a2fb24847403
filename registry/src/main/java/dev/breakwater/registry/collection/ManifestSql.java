package dev.breakwater.registry.collection;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Finds and removes manifests that nothing needs any more, and what hangs on them. Each
 * statement looks at a bounded number of rows, in the order of their keys. Rows that pushes and pulls hold are passed over,
 * and what was found is looked at again once it is held: a statement sees all that was committed before it began.
 */
final class ManifestSql {

    /**
     * The names of tags that only say what their manifest belongs to: signatures and the like by convention of cosign,
     * and the lists of referrers that clients keep for registries without them.
     */
    static final String BELONGING = "^(sha256|sha512)-([0-9a-f]{64,128})([.](sig|att|sbom))?$";

    static final String SUBJECT = "\\1:\\2";

    /** A manifest {@code m} that was deleted and cannot be brought back. */
    static final String EXPIRED = "m.deleted_at <= :deleted";

    /** A tag of manifest {@code m} was removed and can be brought back. */
    static final String REVIVABLE = """
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

    private ManifestSql() {}

    /** A manifest that goes. */
    record Going(long id, long repository, long project, String digest) {}

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
        return limits.bind(handle.createQuery("SELECT m.id FROM registry.manifest m WHERE " + EXPIRED
                        + " ORDER BY m.deleted_at LIMIT :most FOR UPDATE SKIP LOCKED"))
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    /** The first of those of a window that are left alone, held. */
    static List<Long> holdLeftAlone(Handle handle, Limits limits, long after, long last, int most) {
        return limits.bind(handle.createQuery(
                        "SELECT m.id FROM registry.manifest m WHERE m.id > :after AND m.id <= :last AND " + LEFT_ALONE
                                + " ORDER BY m.id LIMIT :most FOR UPDATE SKIP LOCKED"))
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
        return limits.bind(handle.createQuery(
                        "SELECT m.id, m.repository_id, r.project_id, m.digest FROM registry.manifest m"
                                + " JOIN registry.repository r ON r.id = m.repository_id WHERE m.id = ANY (:held) AND "
                                + condition))
                .bindArray("held", Long.class, held)
                .map((row, context) -> new Going(
                        row.getLong("id"),
                        row.getLong("repository_id"),
                        row.getLong("project_id"),
                        row.getString("digest")))
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

    /** That a tag {@code t} says that its manifest belongs to {@code g}. */
    private static final String BELONGS = """
            t.repository_id = g.repository_id AND t.name = ANY (ARRAY[
                replace(g.digest, ':', '-'), replace(g.digest, ':', '-') || '.sig',
                replace(g.digest, ':', '-') || '.att', replace(g.digest, ':', '-') || '.sbom'])
            """;

    private static final String GONE = "unnest(:repositories, :digests) AS g (repository_id, digest)";

    private static <S extends SqlStatement<S>> S bindGone(S statement, Collection<Going> gone) {
        return statement
                .bindArray(
                        "repositories",
                        Long.class,
                        gone.stream().map(Going::repository).toList())
                .bindArray(
                        "digests",
                        String.class,
                        gone.stream().map(Going::digest).toList());
    }

    /** Removes the old tags of what belonged to a manifest that is gone, so that it goes too. */
    static void removeBelongingTags(Handle handle, Limits limits, Collection<Going> gone) {
        bindGone(limits.bind(handle.createQuery("""
                        WITH belonging AS (
                            SELECT t.id FROM %s JOIN registry.tag t ON %s
                            WHERE t.pushed_at <= :young FOR UPDATE OF t SKIP LOCKED),
                        removed AS (DELETE FROM registry.tag WHERE id IN (SELECT id FROM belonging) RETURNING 1)
                        SELECT count(*) FROM removed
                        """.formatted(GONE, BELONGS))), gone)
                .mapTo(Long.class)
                .one();
    }

    /** Notes those of the manifests that are gone to which tags still say that something belongs. */
    static void noteGone(Handle handle, Collection<Going> gone) {
        bindGone(
                        handle.createUpdate("INSERT INTO registry.gone_subject (repository_id, digest)"
                                + " SELECT g.repository_id, g.digest FROM " + GONE
                                + " WHERE EXISTS (SELECT FROM registry.tag t WHERE " + BELONGS
                                + ") ON CONFLICT DO NOTHING"),
                        gone)
                .execute();
    }

    /** Removes some of the tags that belong to what is gone; tells how many. */
    static int removeOrphanedTags(Handle handle, Limits limits, int most) {
        return limits.bind(handle.createQuery("""
                        WITH orphaned AS (
                            SELECT t.id FROM registry.gone_subject g JOIN registry.tag t ON %s
                            WHERE t.pushed_at <= :young AND NOT EXISTS (
                                SELECT FROM registry.manifest m
                                WHERE m.repository_id = g.repository_id AND m.digest = g.digest)
                            LIMIT :most FOR UPDATE OF t SKIP LOCKED),
                        removed AS (DELETE FROM registry.tag WHERE id IN (SELECT id FROM orphaned) RETURNING 1)
                        SELECT count(*) FROM removed
                        """.formatted(BELONGS)))
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
        List<Long> held = limits.bind(handle.createQuery(
                        "SELECT r.id FROM registry.repository r WHERE " + EMPTY + " FOR UPDATE SKIP LOCKED"))
                .bindArray("ids", Long.class, repositories)
                .mapTo(Long.class)
                .list();
        if (!held.isEmpty()) {
            limits.bind(handle.createQuery("WITH gone AS (DELETE FROM registry.repository r WHERE " + EMPTY
                            + " RETURNING 1) SELECT count(*) FROM gone"))
                    .bindArray("ids", Long.class, held)
                    .mapTo(Long.class)
                    .one();
        }
    }
}
