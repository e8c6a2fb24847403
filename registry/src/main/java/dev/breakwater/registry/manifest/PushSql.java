package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.db.ArraySql;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements of a push: one that looks, one that writes. */
final class PushSql {

    private PushSql() {}

    /**
     * What a manifest names that is there.
     *
     * @param size in bytes; of a manifest with all that it names in turn
     * @param counted whether the project's use of storage includes it
     * @param config its bytes, when it is the configuration and small; null for all others
     */
    record Present(long size, boolean counted, byte @Nullable [] config) {}

    private static final String BLOBS = """
            SELECT held.digest, held.size, pc.digest IS NOT NULL AS counted, held.config FROM (
                SELECT rb.digest, b.size, CASE WHEN rb.digest = ? THEN b.content END AS config
                FROM registry.repository_blob rb
                JOIN registry.blob b ON b.digest = rb.digest AND b.doomed_at IS NULL
                WHERE rb.repository_id = ? AND rb.digest = ANY (?)
                ORDER BY rb.digest FOR KEY SHARE OF rb) AS held
            LEFT JOIN registry.project_content pc
                ON pc.project_id = ? AND pc.digest = held.digest
            UNION ALL
            SELECT digest, size, true, NULL FROM registry.project_content
            WHERE project_id = ? AND digest = ?
            """;

    /**
     * Those of the blobs of a manifest that the repository has; until the transaction ends, nobody takes them from it.
     * The digest of the manifest itself is among the results when the project has counted its bytes.
     */
    static Map<String, Present> blobs(Handle handle, Place place, ParsedManifest parsed, Digest manifest)
            throws SQLException {
        Map<String, Present> present = new HashMap<>();
        Connection connection = handle.getConnection();
        try (PreparedStatement statement = connection.prepareStatement(BLOBS)) {
            @Nullable Descriptor config = parsed.config();
            statement.setString(1, config == null ? null : config.digest().toString());
            statement.setLong(2, place.repositoryId());
            statement.setArray(3, ArraySql.texts(connection, parsed.blobs()));
            statement.setLong(4, place.project().id());
            statement.setLong(5, place.project().id());
            statement.setString(6, manifest.toString());
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                present.put(row.getString(1), new Present(row.getLong(2), row.getBoolean(3), row.getBytes(4)));
            }
        }
        return present;
    }

    /** Those of some manifests that the repository has; until the transaction ends, nobody removes them. */
    static Map<String, Long> manifests(Handle handle, long repository, List<String> digests) {
        Map<String, Long> sizes = new HashMap<>();
        handle.createQuery("SELECT digest, size FROM registry.manifest WHERE repository_id = :repository"
                        + " AND digest = ANY (:digests) AND deleted_at IS NULL ORDER BY id FOR KEY SHARE")
                .bind("repository", repository)
                .bindArray("digests", String.class, digests)
                .map((row, context) -> Map.entry(row.getString("digest"), row.getLong("size")))
                .forEach(entry -> sizes.put(entry.getKey(), entry.getValue()));
        return sizes;
    }

    /** How deep the deepest of some manifests is: 1 when none of them names any, and never more than {@code most}. */
    static int depth(Handle handle, long repository, List<String> digests, int most) {
        return handle.createQuery("""
                        WITH RECURSIVE below (digest, depth) AS (
                            SELECT digest COLLATE "C", 1 FROM unnest(:digests) AS digest
                            UNION
                            SELECT c.digest, below.depth + 1 FROM below
                            JOIN registry.manifest m ON m.repository_id = :repository AND m.digest = below.digest
                            JOIN registry.manifest_child c ON c.parent_id = m.id
                            WHERE below.depth < :most)
                        SELECT coalesce(max(depth), 0) FROM below
                        """)
                .bind("repository", repository)
                .bindArray("digests", String.class, digests)
                .bind("most", most)
                .mapTo(Integer.class)
                .one();
    }

    /**
     * All that a push writes.
     *
     * @param size of it with all that it names, in bytes
     * @param blobs those that it names and the repository has
     * @param counted the digests that the project's use of storage has to include, in their order
     * @param sizes of these
     */
    record Row(
            Place place,
            Digest digest,
            ParsedManifest parsed,
            byte[] content,
            long size,
            String attributes,
            List<String> blobs,
            List<String> counted,
            List<Long> sizes,
            List<String> tags,
            List<Activity> activities,
            String username,
            Instant at) {}

    private static final String WRITE = """
            WITH counted AS (
                INSERT INTO registry.project_content (project_id, digest, size)
                SELECT ?, c.digest, c.size FROM unnest(?, ?) AS c (digest, size)
                ON CONFLICT DO NOTHING RETURNING project_id, size),
            changed AS (
                INSERT INTO registry.project_usage_change (project_id, bytes)
                SELECT project_id, sum(size) FROM counted GROUP BY project_id),
            pushed AS (
                INSERT INTO registry.manifest (repository_id, digest, media_type, content, size,
                    config_type, artifact_type, subject, annotations, attributes, pushed_at, pushed_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), CAST(? AS jsonb), ?, ?)
                ON CONFLICT (repository_id, digest) DO UPDATE SET
                    media_type = excluded.media_type, size = excluded.size,
                    attributes = excluded.attributes, pushed_at = excluded.pushed_at,
                    pushed_by = excluded.pushed_by, deleted_at = NULL
                RETURNING id, repository_id, pushed_at, pushed_by),
            blobs AS (
                INSERT INTO registry.manifest_blob (manifest_id, repository_id, digest)
                SELECT pushed.id, pushed.repository_id, b.digest FROM pushed, unnest(?) AS b (digest)
                ON CONFLICT DO NOTHING),
            children AS (
                INSERT INTO registry.manifest_child (parent_id, repository_id, position, digest)
                SELECT pushed.id, pushed.repository_id, c.position, c.digest
                FROM pushed, unnest(?) WITH ORDINALITY AS c (digest, position)
                ON CONFLICT DO NOTHING),
            tags AS (
                INSERT INTO registry.tag (repository_id, name, manifest_id, pushed_at)
                SELECT pushed.repository_id, t.name, pushed.id, pushed.pushed_at
                FROM pushed, unnest(?) AS t (name)
                ON CONFLICT (repository_id, name) DO UPDATE SET
                    manifest_id = excluded.manifest_id, pushed_at = excluded.pushed_at),
            told AS (
                INSERT INTO registry.activity (at, username, project_id, operation, resource_type,
                    resource, repository, tag, succeeded, description)
                SELECT pushed.pushed_at, pushed.pushed_by, ?, 'push', 'artifact', a.resource, ?, a.tag, true,
                    a.description
                FROM pushed, unnest(?, ?, ?) AS a (resource, tag, description)
                WHERE registry.is_logged('push', 'artifact'))
            SELECT id FROM pushed
            """;

    /**
     * Writes a push and returns the number of the manifest. The same bytes pushed again keep their number, and are
     * there again if they were deleted. The rows of one project that two pushes have in common are written in the same
     * order.
     */
    static long write(Handle handle, Row row) throws SQLException {
        ParsedManifest parsed = row.parsed();
        @Nullable Descriptor subject = parsed.subject();
        @Nullable Descriptor config = parsed.config();
        Connection connection = handle.getConnection();
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setLong(1, row.place().project().id());
            statement.setArray(2, ArraySql.texts(connection, row.counted()));
            statement.setArray(3, connection.createArrayOf("bigint", row.sizes().toArray()));
            statement.setLong(4, row.place().repositoryId());
            statement.setString(5, row.digest().toString());
            statement.setString(6, parsed.mediaType());
            statement.setBytes(7, row.content());
            statement.setLong(8, row.size());
            statement.setString(9, config == null ? null : config.mediaType());
            statement.setString(10, parsed.artifactType());
            statement.setString(11, subject == null ? null : subject.digest().toString());
            statement.setString(12, Json.mapper().writeValueAsString(parsed.annotations()));
            statement.setString(13, row.attributes());
            statement.setObject(14, row.at().atOffset(ZoneOffset.UTC));
            statement.setString(15, row.username());
            statement.setArray(16, ArraySql.texts(connection, row.blobs()));
            statement.setArray(
                    17,
                    ArraySql.column(
                            connection,
                            "text",
                            parsed.children(),
                            child -> child.digest().toString()));
            statement.setArray(18, ArraySql.texts(connection, row.tags()));
            List<Activity> activities = row.activities();
            statement.setLong(19, row.place().project().id());
            statement.setString(20, row.place().name());
            statement.setArray(21, ArraySql.column(connection, "text", activities, Activity::resource));
            statement.setArray(22, ArraySql.column(connection, "text", activities, Activity::tag));
            statement.setArray(23, ArraySql.column(connection, "text", activities, Activity::description));
            ResultSet pushed = statement.executeQuery();
            pushed.next();
            return pushed.getLong(1);
        }
    }
}
