package dev.breakwater.registry.current.artifact;

import dev.breakwater.registry.current.dialect.Page;
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

    static final Condition TAGGED_ONLY = Condition.NONE.and(TAGGED);
    static final Condition UNTAGGED_ONLY = Condition.NONE.and("NOT " + TAGGED);

    /** One artifact of each repository, the one that was pushed last. */
    static final Condition LATEST = Condition.NONE.and("NOT EXISTS (SELECT FROM registry.manifest n"
            + " WHERE n.repository_id = m.repository_id AND n.deleted_at IS NULL"
            + " AND (n.pushed_at, n.id) > (m.pushed_at, m.id)"
            + " AND NOT EXISTS (SELECT FROM registry.accessory a WHERE a.manifest_id = n.id))");

    static final Columns COLUMNS = new Columns("m.id DESC")
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
    record Artifact(Manifest manifest, String type, String repository, long projectId, byte @Nullable [] index) {}

    static List<Artifact> list(Handle handle, Condition condition, String order, Page page) {
        return condition
                .bind(handle.createQuery(SELECT + FROM + condition.sql() + order + " LIMIT :limit OFFSET :offset"))
                .bind("limit", page.size())
                .bind("offset", page.offset())
                .map((row, context) -> new Artifact(
                        ManifestStore.manifest(row, context),
                        row.getString("kind"),
                        row.getString("repository"),
                        row.getLong("project_id"),
                        row.getBytes("index_content")))
                .list();
    }

    static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .mapTo(Long.class)
                .one();
    }

    static Optional<Artifact> find(Handle handle, long manifest) {
        return list(handle, Condition.of("m.id = :manifest", Map.of("manifest", manifest)), "", new Page(1, 1)).stream()
                .findFirst();
    }

    static Condition inRepository(long repository) {
        return Condition.of("m.repository_id = :repository", Map.of("repository", repository));
    }

    static Condition inProject(long project) {
        return Condition.of("r.project_id = :project", Map.of("project", project));
    }

    /** That an artifact bears all of some labels. */
    static Condition labelled(List<Long> labels) {
        return Condition.of(
                "(SELECT count(*) FROM registry.manifest_label b WHERE b.manifest_id = m.id"
                        + " AND b.label_id = ANY (:labels)) = cardinality(:labels)",
                Map.of("labels", labels));
    }

    /** The digests of the blobs that a manifest names. */
    static List<String> blobs(Handle handle, long manifest) {
        return handle.createQuery("SELECT digest FROM registry.manifest_blob WHERE manifest_id = :manifest")
                .bind("manifest", manifest)
                .mapTo(String.class)
                .list();
    }

    /** A manifest that an index names and the repository has. */
    record Child(long parentId, long childId, String digest) {}

    /** The manifests that some indexes name, by index, in their order; one that the repository lacks has the number 0. */
    static Map<Long, List<Child>> children(Handle handle, Collection<Long> indexes) {
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
