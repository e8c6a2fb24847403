package dev.breakwater.bench.target;

import dev.breakwater.bench.report.Progress;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Fills repositories with copies of the first manifest that was really pushed, under digests and tags of their own, by SQL
 * beside the server.
 */
public final class ManifestCopies {

    private static final String ARTIFACTS = """
            INSERT INTO registry.manifest (repository_id, digest, media_type, content, size, config_type, artifact_type,
                                           subject, annotations, attributes, pushed_at, pushed_by)
            SELECT r.id, 'sha256:' || encode(sha256(convert_to(r.name || n, 'UTF8')), 'hex'), m.media_type, m.content,
                   m.size, m.config_type, m.artifact_type, NULL, m.annotations, m.attributes,
                   now() - make_interval(mins => n), m.pushed_by
            FROM registry.repository r, generate_series(1, ?) n,
                 (SELECT * FROM registry.manifest ORDER BY id LIMIT 1) m
            WHERE r.name LIKE ?""";

    private static final String PARTS = """
            INSERT INTO registry.manifest_blob (manifest_id, repository_id, digest)
            SELECT m.id, m.repository_id, b.digest
            FROM registry.manifest m JOIN registry.repository r ON r.id = m.repository_id, registry.blob b
            WHERE r.name LIKE ?
            ON CONFLICT DO NOTHING""";

    private static final String LINKS = """
            INSERT INTO registry.repository_blob (repository_id, digest, project_id, size, linked_at)
            SELECT r.id, b.digest, r.project_id, b.size, now() FROM registry.repository r, registry.blob b
            WHERE r.name LIKE ? ON CONFLICT DO NOTHING""";

    private static final String TAGS = """
            INSERT INTO registry.tag (repository_id, name, manifest_id, pushed_at)
            SELECT m.repository_id, 'v1.0.' || m.id, m.id, m.pushed_at
            FROM registry.manifest m JOIN registry.repository r ON r.id = m.repository_id
            WHERE r.name LIKE ?
            ON CONFLICT DO NOTHING""";

    private static final String CONTENT = """
            INSERT INTO registry.project_content (project_id, digest, size)
            SELECT r.project_id, m.digest, m.size
            FROM registry.manifest m JOIN registry.repository r ON r.id = m.repository_id
            WHERE r.name LIKE ?
            ON CONFLICT DO NOTHING""";

    private ManifestCopies() {}

    /**
     * Fills repositories that are there.
     *
     * @param like what their names are like
     * @param count how many copies each gets
     */
    public static void fill(Connection connection, Progress progress, String like, int count) throws SQLException {
        Rows.write(connection, progress, "artifacts", ARTIFACTS, count, like);
        Rows.write(connection, progress, "references", PARTS, like);
        Rows.write(connection, progress, "links", LINKS, like);
        Rows.write(connection, progress, "tags", TAGS, like);
        Rows.write(connection, progress, "contents", CONTENT, like);
    }
}
