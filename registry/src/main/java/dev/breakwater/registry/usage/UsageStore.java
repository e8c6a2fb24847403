package dev.breakwater.registry.usage;

import dev.breakwater.registry.blob.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * What projects use: the sum of the sizes of the distinct contents that their manifests name, manifests included
 * (registry.md 2.4, 3.3). Every change is written in the transaction of what caused it, as a row of its own, so that
 * pushes into one project never wait for each other; {@link #fold} sums these rows up from time to time.
 */
public final class UsageStore {

    /** How many changes one folding takes; the rest waits for the next. */
    private static final int FOLDED_AT_ONCE = 50_000;

    private static final String USED = """
            COALESCE((SELECT u.bytes FROM registry.project_usage u WHERE u.project_id = p.id), 0)
            + COALESCE((SELECT sum(c.bytes) FROM registry.project_usage_change c WHERE c.project_id = p.id), 0)
            """;

    private UsageStore() {}

    /** Notes that a project has a content from now on, and tells by how many bytes its use grew. */
    public static long add(Handle handle, long project, Digest digest, long size) {
        return handle.createQuery("""
                        WITH added AS (
                            INSERT INTO registry.project_content (project_id, digest, size)
                            VALUES (:project, :digest, :size) ON CONFLICT DO NOTHING RETURNING size),
                        changed AS (
                            INSERT INTO registry.project_usage_change (project_id, bytes)
                            SELECT :project, size FROM added)
                        SELECT coalesce(sum(size), 0) FROM added
                        """)
                .bind("project", project)
                .bind("digest", digest.toString())
                .bind("size", size)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Notes that a project no longer has those of these contents that no manifest of it is or names, deleted manifests
     * included as long as they can be brought back. Those stay that a push refers to at this moment: whoever removes what
     * it pushes looks at them again.
     */
    public static void release(Handle handle, long project, Collection<Digest> contents) {
        Set<String> idle = idle(handle, project, texts(contents));
        if (idle.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        WITH released AS (
                            DELETE FROM registry.project_content c
                            WHERE c.project_id = :project AND c.digest = ANY (:digests)
                              AND NOT EXISTS (
                                  SELECT FROM registry.manifest m JOIN registry.repository r ON r.id = m.repository_id
                                  WHERE r.project_id = :project AND m.digest = c.digest)
                              AND NOT EXISTS (
                                  SELECT FROM registry.manifest_blob b
                                  JOIN registry.repository r ON r.id = b.repository_id
                                  WHERE r.project_id = :project AND b.digest = c.digest)
                            RETURNING size)
                        INSERT INTO registry.project_usage_change (project_id, bytes)
                        SELECT :project, -sum(size) FROM released HAVING count(*) > 0
                        """)
                .bind("project", project)
                .bindArray("digests", String.class, idle)
                .execute();
    }

    /** Those that no push holds: it locks the blobs that it names until its transaction ends. */
    private static Set<String> idle(Handle handle, long project, List<String> digests) {
        Map<String, Integer> free = new HashMap<>();
        handle.createQuery("SELECT digest FROM registry.repository_blob WHERE project_id = :project"
                        + " AND digest = ANY (:digests) ORDER BY digest, repository_id FOR UPDATE SKIP LOCKED")
                .bind("project", project)
                .bindArray("digests", String.class, digests)
                .mapTo(String.class)
                .forEach(digest -> free.merge(digest, 1, Integer::sum));
        Set<String> idle = new TreeSet<>(digests);
        return handle.createQuery("SELECT digest, count(*)::int AS links FROM registry.repository_blob"
                        + " WHERE project_id = :project AND digest = ANY (:digests) GROUP BY digest")
                .bind("project", project)
                .bindArray("digests", String.class, digests)
                .reduceRows(idle, (left, row) -> {
                    String digest = row.getColumn("digest", String.class);
                    if (row.getColumn("links", Integer.class) > free.getOrDefault(digest, 0)) {
                        left.remove(digest);
                    }
                    return left;
                });
    }

    /** How many bytes a project uses. */
    public static long used(Handle handle, long project) {
        return used(handle, List.of(project)).getOrDefault(project, 0L);
    }

    /** How many bytes some projects use, by project. */
    public static Map<Long, Long> used(Handle handle, Collection<Long> projects) {
        return handle.createQuery(
                        "SELECT p.id, " + USED + " AS bytes FROM registry.project p WHERE p.id = ANY (:projects)")
                .bindArray("projects", Long.class, projects)
                .reduceRows(new HashMap<>(), (bytes, row) -> {
                    bytes.put(row.getColumn("id", Long.class), row.getColumn("bytes", Long.class));
                    return bytes;
                });
    }

    /** How many bytes all projects use together. */
    public static long usedByAll(Handle handle) {
        return handle.createQuery("SELECT COALESCE((SELECT sum(bytes) FROM registry.project_usage), 0)"
                        + " + COALESCE((SELECT sum(bytes) FROM registry.project_usage_change), 0)")
                .mapTo(Long.class)
                .one();
    }

    /** Sums up what has changed, and tells how many changes that were. */
    public static int fold(Handle handle) {
        return handle.createQuery("""
                        WITH taken AS (
                            DELETE FROM registry.project_usage_change WHERE id IN (
                                SELECT id FROM registry.project_usage_change ORDER BY id LIMIT :most
                                FOR UPDATE SKIP LOCKED)
                            RETURNING project_id, bytes),
                        folded AS (
                            INSERT INTO registry.project_usage AS u (project_id, bytes)
                            SELECT project_id, sum(bytes) FROM taken GROUP BY project_id ORDER BY project_id
                            ON CONFLICT (project_id) DO UPDATE
                            SET bytes = u.bytes + excluded.bytes)
                        SELECT count(*) FROM taken
                        """)
                .bind("most", FOLDED_AT_ONCE)
                .mapTo(Integer.class)
                .one();
    }

    /** Adds the contents that manifests name and that are not counted; tells how many those were. */
    public static int complete(Handle handle) {
        return handle.createQuery("""
                        WITH named AS (
                            SELECT DISTINCT r.project_id, m.digest, octet_length(m.content)::bigint AS size
                            FROM registry.manifest m JOIN registry.repository r ON r.id = m.repository_id
                            UNION
                            SELECT DISTINCT r.project_id, n.digest, b.size
                            FROM registry.manifest_blob n JOIN registry.repository r ON r.id = n.repository_id
                            JOIN registry.blob b ON b.digest = n.digest),
                        added AS (
                            INSERT INTO registry.project_content (project_id, digest, size)
                            SELECT n.project_id, n.digest, n.size FROM named n
                            WHERE NOT EXISTS (SELECT FROM registry.project_content c
                                              WHERE c.project_id = n.project_id AND c.digest = n.digest)
                            ORDER BY n.project_id, n.digest
                            ON CONFLICT DO NOTHING RETURNING project_id, size),
                        changed AS (
                            INSERT INTO registry.project_usage_change (project_id, bytes)
                            SELECT project_id, sum(size) FROM added GROUP BY project_id)
                        SELECT count(*) FROM added
                        """).mapTo(Integer.class).one();
    }

    /**
     * Compares what was counted with the contents themselves, corrects the count where they differ, and names the
     * projects with the bytes that were missing. Contents and counts are written together and seen at one moment here, so
     * pushes go on meanwhile.
     */
    public static Map<Long, Long> repair(Handle handle) {
        return handle.createQuery("""
                        WITH sums AS (
                            SELECT project_id, sum(size) AS bytes FROM registry.project_content GROUP BY project_id),
                        differences AS (
                            SELECT p.id, COALESCE(s.bytes, 0) - (%s) AS bytes
                            FROM registry.project p LEFT JOIN sums s ON s.project_id = p.id)
                        INSERT INTO registry.project_usage_change (project_id, bytes)
                        SELECT id, bytes FROM differences WHERE bytes <> 0 RETURNING project_id, bytes
                        """.formatted(USED)).reduceRows(new HashMap<>(), (bytes, row) -> {
            bytes.put(row.getColumn("project_id", Long.class), row.getColumn("bytes", Long.class));
            return bytes;
        });
    }

    private static List<String> texts(Collection<Digest> digests) {
        return digests.stream().map(Digest::toString).toList();
    }
}
