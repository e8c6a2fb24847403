package dev.breakwater.registry.classic.repository;

import dev.breakwater.registry.Scanner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What there is to scan, and when everything was last sent to the scanner. */
public final class ScanStore {

    /** How long to wait before everything is scanned again. */
    static final Duration BETWEEN = Duration.ofHours(2);

    private ScanStore() {}

    /** An image, with what tells whether it can be scanned. */
    record Image(
            long manifestId,
            long projectId,
            String repository,
            String digest,
            String mediaType,
            @Nullable String configType) {

        Scanner.Target target(String username) {
            return new Scanner.Target(projectId, repository, digest, mediaType, username);
        }
    }

    private static final String SELECT = """
            SELECT m.id, r.project_id, r.name, m.digest, m.media_type, m.config_type
            FROM registry.manifest m
            JOIN registry.repository r ON r.id = m.repository_id
            JOIN registry.project p ON p.id = r.project_id AND p.deleted_at IS NULL
            WHERE m.deleted_at IS NULL
            """;

    static Optional<Image> find(Handle handle, long manifest) {
        return images(handle.createQuery(SELECT + " AND m.id = :manifest").bind("manifest", manifest)).stream()
                .findFirst();
    }

    /**
     * Images that have a tag, in the order of their numbers.
     *
     * @param project of this project only; null for any
     * @param after the number behind which to go on
     */
    static List<Image> tagged(Handle handle, @Nullable Long project, long after, int limit) {
        return images(handle.createQuery(SELECT + " AND m.id > :after"
                        + " AND (CAST(:project AS bigint) IS NULL OR p.id = :project)"
                        + " AND EXISTS (SELECT FROM registry.tag t WHERE t.manifest_id = m.id)"
                        + " ORDER BY m.id LIMIT :limit")
                .bind("after", after)
                .bind("project", project)
                .bind("limit", limit));
    }

    private static List<Image> images(org.jdbi.v3.core.statement.Query query) {
        return query.map((row, context) -> new Image(
                        row.getLong("id"),
                        row.getLong("project_id"),
                        row.getString("name"),
                        row.getString("digest"),
                        row.getString("media_type"),
                        row.getString("config_type")))
                .list();
    }

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
