package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import java.time.Instant;
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
     */
    record Present(long size, boolean counted) {}

    /**
     * Those of some blobs that the repository has; until the transaction ends, nobody takes them from it. The digest of
     * the manifest itself is among the results when the project has counted its bytes.
     */
    static Map<String, Present> blobs(Handle handle, Place place, List<String> digests, Digest manifest) {
        Map<String, Present> present = new HashMap<>();
        handle.createQuery("""
                        SELECT held.digest, held.size, pc.digest IS NOT NULL AS counted FROM (
                            SELECT rb.digest, b.size FROM registry.repository_blob rb
                            JOIN registry.blob b ON b.digest = rb.digest AND b.doomed_at IS NULL
                            WHERE rb.repository_id = :repository AND rb.digest = ANY (:digests)
                            ORDER BY rb.digest FOR KEY SHARE OF rb) AS held
                        LEFT JOIN registry.project_content pc
                            ON pc.project_id = :project AND pc.digest = held.digest
                        UNION ALL
                        SELECT digest, size, true FROM registry.project_content
                        WHERE project_id = :project AND digest = :manifest
                        """)
                .bind("repository", place.repositoryId())
                .bind("project", place.project().id())
                .bind("manifest", manifest.toString())
                .bindArray("digests", String.class, digests)
                .map((row, context) ->
                        Map.entry(row.getString("digest"), new Present(row.getLong("size"), row.getBoolean("counted"))))
                .forEach(entry -> present.put(entry.getKey(), entry.getValue()));
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

    /**
     * Writes a push and returns the number of the manifest. The same bytes pushed again keep their number, and are
     * there again if they were deleted. The rows of one project that two pushes have in common are written in the same
     * order.
     */
    static long write(Handle handle, Row row) {
        ParsedManifest parsed = row.parsed();
        @Nullable Descriptor subject = parsed.subject();
        @Nullable Descriptor config = parsed.config();
        return handle.createQuery("""
                        WITH counted AS (
                            INSERT INTO registry.project_content (project_id, digest, size)
                            SELECT :project, c.digest, c.size
                            FROM unnest(:counted, :sizes) AS c (digest, size)
                            ON CONFLICT DO NOTHING RETURNING size),
                        changed AS (
                            INSERT INTO registry.project_usage_change (project_id, bytes)
                            SELECT :project, sum(size) FROM counted HAVING count(*) > 0),
                        pushed AS (
                            INSERT INTO registry.manifest (repository_id, digest, media_type, content, size,
                                config_type, artifact_type, subject, annotations, attributes, pushed_at, pushed_by)
                            VALUES (:repository, :digest, :mediaType, :content, :size, :configType, :artifactType,
                                :subject, CAST(:annotations AS jsonb), CAST(:attributes AS jsonb), :at, :username)
                            ON CONFLICT (repository_id, digest) DO UPDATE SET
                                media_type = excluded.media_type, size = excluded.size,
                                attributes = excluded.attributes, pushed_at = excluded.pushed_at,
                                pushed_by = excluded.pushed_by, deleted_at = NULL
                            RETURNING id),
                        blobs AS (
                            INSERT INTO registry.manifest_blob (manifest_id, repository_id, digest)
                            SELECT pushed.id, :repository, b.digest FROM pushed, unnest(:blobs) AS b (digest)
                            ON CONFLICT DO NOTHING),
                        children AS (
                            INSERT INTO registry.manifest_child (parent_id, repository_id, position, digest)
                            SELECT pushed.id, :repository, c.position, c.digest
                            FROM pushed, unnest(:children) WITH ORDINALITY AS c (digest, position)
                            ON CONFLICT DO NOTHING),
                        tags AS (
                            INSERT INTO registry.tag (repository_id, name, manifest_id, pushed_at)
                            SELECT :repository, t.name, pushed.id, :at FROM pushed, unnest(:tags) AS t (name)
                            ON CONFLICT (repository_id, name) DO UPDATE SET
                                manifest_id = excluded.manifest_id, pushed_at = excluded.pushed_at),
                        told AS (
                            INSERT INTO registry.activity (at, username, project_id, operation, resource_type,
                                resource, repository, tag, succeeded, description)
                            SELECT :at, :username, :project, 'push', 'artifact', a.resource, :name, a.tag, true,
                                a.description
                            FROM unnest(:resources, :references, :descriptions) AS a (resource, tag, description)
                            WHERE registry.is_logged('push', 'artifact'))
                        SELECT id FROM pushed
                        """)
                .bind("project", row.place().project().id())
                .bind("repository", row.place().repositoryId())
                .bind("name", row.place().name())
                .bind("digest", row.digest().toString())
                .bind("mediaType", parsed.mediaType())
                .bind("content", row.content())
                .bind("size", row.size())
                .bind("configType", config == null ? null : config.mediaType())
                .bind("artifactType", parsed.artifactType())
                .bind("subject", subject == null ? null : subject.digest().toString())
                .bind("annotations", Json.mapper().writeValueAsString(parsed.annotations()))
                .bind("attributes", row.attributes())
                .bind("at", row.at())
                .bind("username", row.username())
                .bindArray("counted", String.class, row.counted())
                .bindArray("sizes", Long.class, row.sizes())
                .bindArray("blobs", String.class, row.blobs())
                .bindArray(
                        "children",
                        String.class,
                        parsed.children().stream()
                                .map(child -> child.digest().toString())
                                .toList())
                .bindArray("tags", String.class, row.tags())
                .bindArray(
                        "resources",
                        String.class,
                        row.activities().stream().map(Activity::resource).toList())
                .bindArray(
                        "references",
                        String.class,
                        row.activities().stream().map(Activity::tag).toList())
                .bindArray(
                        "descriptions",
                        String.class,
                        row.activities().stream().map(Activity::description).toList())
                .mapTo(Long.class)
                .one();
    }
}
