package dev.breakwater.registry.artifact;

import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lists of artifacts, narrowed and sorted in any way that the API offers (registry.md 3.3, 3.6). */
public final class ArtifactListStore {

    /** What kind of artifact it is: known by the type of its configuration, or by its name for itself without one. */
    private static final String TYPE = """
            CASE
                WHEN m.config_type IS NULL OR m.config_type IN (
                    'application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json')
                    THEN 'IMAGE'
                WHEN m.config_type = 'application/vnd.cncf.helm.config.v1+json' THEN 'CHART'
                WHEN m.config_type LIKE 'application/vnd.cnab.%' THEN 'CNAB'
                WHEN m.config_type LIKE 'application/vnd.wasm.config.%' THEN 'WASM'
                WHEN coalesce(m.artifact_type, m.config_type) = 'application/vnd.goharbor.harbor.sbom.v1' THEN 'SBOM'
                WHEN coalesce(m.artifact_type, m.config_type) ~ '^application/vnd\\.(cnai|cncf)\\.model\\.' THEN 'CNAI'
                ELSE coalesce(
                    upper(substring(
                        CASE m.config_type WHEN 'application/vnd.oci.empty.v1+json' THEN m.artifact_type
                            ELSE m.config_type END
                        FROM '^application/vnd\\.[^.]*\\.(.*)\\.config\\.[^.]*$')),
                    'UNKNOWN')
            END""";

    private static final String TAGGED = "EXISTS (SELECT FROM registry.tag t WHERE t.manifest_id = m.id)";

    /**
     * What lists show unless they are asked for everything: what has a tag or is named by no index, and belongs to no
     * other artifact. A condition on the alias {@code m} after an {@code AND}.
     */
    public static final String OWN = " AND (" + TAGGED + """
             OR NOT EXISTS (
                 SELECT FROM registry.manifest_child c
                 JOIN registry.manifest i ON i.id = c.parent_id AND i.deleted_at IS NULL
                 WHERE c.repository_id = m.repository_id AND c.digest = m.digest))
             AND NOT EXISTS (SELECT FROM registry.accessory a WHERE a.manifest_id = m.id)
            """;

    /** The same for those who read only the beginning of a list: each row is asked by itself, and nothing is gathered before. */
    private static final String OWN_EACH = OWN.replace("a.manifest_id = m.id)", "a.manifest_id = m.id OFFSET 0)");

    /**
     * How many manifests the repository {@code r} has that lists do not show: those that belong to others, and those
     * without a tag that an index names. Each is looked up by its digest: a join would read all manifests.
     */
    static final String NOT_SHOWN = """
            (SELECT count(*) FROM (
                SELECT o.id FROM registry.manifest o
                JOIN LATERAL (
                    SELECT m.id FROM registry.manifest m
                    WHERE m.repository_id = o.repository_id AND m.digest = o.subject AND m.deleted_at IS NULL
                    OFFSET 0) AS s ON true
                WHERE o.repository_id = r.id AND o.subject IS NOT NULL AND o.deleted_at IS NULL
                UNION
                SELECT t.manifest_id FROM registry.tag t
                JOIN registry.manifest s ON s.repository_id = t.repository_id AND s.deleted_at IS NULL
                    AND s.digest = 'sha256:' || substr(t.name, 8, 64)
                WHERE t.repository_id = r.id AND t.name LIKE 'sha256-%'
                    AND substr(t.name, 72) IN ('.sig', '.att', '.sbom')
                UNION
                SELECT o.id FROM registry.manifest_child c
                JOIN LATERAL (
                    SELECT m.id FROM registry.manifest m
                    WHERE m.repository_id = c.repository_id AND m.digest = c.digest AND m.deleted_at IS NULL
                    OFFSET 0) AS o ON true
                JOIN registry.manifest i ON i.id = c.parent_id AND i.deleted_at IS NULL
                WHERE c.repository_id = r.id AND NOT EXISTS (SELECT FROM registry.tag t WHERE t.manifest_id = o.id)
            ) AS hidden)
            """;

    /** What has a tag. */
    public static final Condition TAGGED_ONLY = Condition.NONE.and(TAGGED);
    /** What has none. */
    public static final Condition UNTAGGED_ONLY = Condition.NONE.and("NOT " + TAGGED);

    /** One artifact of each repository, the one that was pushed last. */
    public static final Condition LATEST = Condition.NONE.and("NOT EXISTS (SELECT FROM registry.manifest n"
            + " WHERE n.repository_id = m.repository_id AND n.deleted_at IS NULL"
            + " AND (n.pushed_at, n.id) > (m.pushed_at, m.id)"
            + " AND NOT EXISTS (SELECT FROM registry.accessory a WHERE a.manifest_id = n.id))");

    /** By what they can be narrowed and sorted, as the present-day API spells it. */
    public static final Columns COLUMNS = new Columns("m.id DESC")
            .number("id", "m.id")
            .text("digest", "m.digest")
            .text("type", "(" + TYPE + ")")
            .text("media_type", "coalesce(m.config_type, m.media_type)")
            .text("manifest_media_type", "m.media_type")
            .text("artifact_type", "coalesce(m.artifact_type, m.config_type, m.media_type)")
            .text("repository_name", "r.name")
            .number("repository_id", "m.repository_id")
            .number("project_id", "r.project_id")
            .number("size", "m.size")
            .time("push_time", "m.pushed_at")
            .time("pull_time", "m.pulled_at");

    /** The largest index whose descriptions of its manifests are read for a list. */
    private static final int LARGEST_INDEX = 256 * 1_024;

    private static final String SELECT = "SELECT " + ManifestStore.COLUMNS + ", r.name AS repository, r.project_id,"
            + " (" + TYPE + ") AS kind, CASE WHEN m.config_type IS NULL AND octet_length(m.content) <= "
            + LARGEST_INDEX + " THEN m.content END AS index_content";

    private static final String FROM = " FROM registry.manifest m JOIN registry.repository r ON r.id = m.repository_id"
            + " WHERE m.deleted_at IS NULL";

    private ArtifactListStore() {}

    /**
     * An artifact.
     *
     * @param manifest what it is
     * @param type what kind, as the API tells it
     * @param repository the whole name of its repository
     * @param projectId the number of its project
     * @param index the bytes of an index that is not too large; null for anything else
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares artifacts.
    public record Artifact(
            Manifest manifest, String type, String repository, long projectId, byte @Nullable [] index) {}

    /** Those that fit, in this order, which is a whole {@code ORDER BY}. */
    public static List<Artifact> list(Handle handle, Condition condition, String order, long offset, int limit) {
        return condition
                .bind(handle.createQuery(SELECT + FROM + condition.sql() + order + " LIMIT :limit OFFSET :offset"))
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> new Artifact(
                        ManifestStore.manifest(row, context),
                        row.getString("kind"),
                        row.getString("repository"),
                        row.getLong("project_id"),
                        row.getBytes("index_content")))
                .list();
    }

    /** How many fit. */
    public static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .mapTo(Long.class)
                .one();
    }

    /**
     * Those of a repository that are there in their own right, the last pushed ones first.
     *
     * @param condition which of them
     */
    public static List<Artifact> newest(Handle handle, long repository, Condition condition, int limit) {
        return list(
                handle,
                Condition.of("(m.repository_id + 0) = :pushed_to" + OWN_EACH, Map.of("pushed_to", repository))
                        .and(condition),
                " ORDER BY m.pushed_at DESC, m.id DESC",
                0,
                limit);
    }

    /** The artifact that is this manifest. */
    public static Optional<Artifact> find(Handle handle, long manifest) {
        return list(handle, Condition.of("m.id = :manifest", Map.of("manifest", manifest)), "", 0, 1).stream()
                .findFirst();
    }

    /** That an artifact is in a repository. */
    public static Condition inRepository(long repository) {
        return Condition.of("m.repository_id = :repository", Map.of("repository", repository));
    }

    /** That an artifact is in a project. */
    public static Condition inProject(long project) {
        return Condition.of("r.project_id = :project", Map.of("project", project));
    }

    /** That an artifact bears all of some labels. */
    public static Condition labelled(List<Long> labels) {
        return Condition.of(
                "(SELECT count(*) FROM registry.manifest_label b WHERE b.manifest_id = m.id"
                        + " AND b.label_id = ANY (:labels)) = cardinality(:labels)",
                Map.of("labels", labels));
    }

    /** The digests of the blobs that a manifest names. */
    public static List<String> blobs(Handle handle, long manifest) {
        return handle.createQuery("SELECT digest FROM registry.manifest_blob WHERE manifest_id = :manifest")
                .bind("manifest", manifest)
                .mapTo(String.class)
                .list();
    }

    /** The digests of the indexes that name a manifest, the newest first. */
    public static List<String> indexes(Handle handle, Manifest manifest, int most) {
        return handle.createQuery("SELECT DISTINCT i.digest, i.id FROM registry.manifest_child c"
                        + " JOIN registry.manifest i ON i.id = c.parent_id AND i.deleted_at IS NULL"
                        + " WHERE c.repository_id = :repository AND c.digest = :digest ORDER BY i.id DESC LIMIT :most")
                .bind("repository", manifest.repositoryId())
                .bind("digest", manifest.digest().toString())
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** A manifest that an index names and the repository has. */
    public record Child(long parentId, long childId, String digest) {}

    /** The manifests that some indexes name, by index, in their order; one that the repository lacks has the number 0. */
    public static Map<Long, List<Child>> children(Handle handle, Collection<Long> indexes) {
        Map<Long, List<Child>> children = new HashMap<>();
        handle.createQuery("SELECT c.parent_id, c.digest, coalesce(m.id, 0) AS child_id FROM registry.manifest_child c"
                        + " LEFT JOIN registry.manifest m ON m.repository_id = c.repository_id"
                        + " AND m.digest = c.digest AND m.deleted_at IS NULL"
                        + " WHERE c.parent_id = ANY (:indexes) ORDER BY c.parent_id, c.position")
                .bindArray("indexes", Long.class, indexes)
                .map((row, context) ->
                        new Child(row.getLong("parent_id"), row.getLong("child_id"), row.getString("digest")))
                .forEach(child -> children.computeIfAbsent(child.parentId(), any -> new ArrayList<>())
                        .add(child));
        return children;
    }
}
