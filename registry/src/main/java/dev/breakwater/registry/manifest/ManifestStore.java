package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.blob.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The table of manifests; the deleted ones are not seen. */
public final class ManifestStore {

    /** The columns that {@link #manifest} reads, of a table or alias {@code m}. */
    public static final String COLUMNS = "m.id, m.repository_id, m.digest, m.media_type, m.size, m.config_type,"
            + " m.artifact_type, m.subject, m.annotations, m.attributes, m.pushed_at, m.pulled_at";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM registry.manifest m WHERE m.deleted_at IS NULL";

    private ManifestStore() {}

    /** The manifest with this number. */
    public static Optional<Manifest> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " AND m.id = :id")
                .bind("id", id)
                .map(ManifestStore::manifest)
                .findOne();
    }

    /** The manifest of a repository with this digest. */
    public static Optional<Manifest> find(Handle handle, long repository, Digest digest) {
        return handle.createQuery(SELECT + " AND m.repository_id = :repository AND m.digest = :digest")
                .bind("repository", repository)
                .bind("digest", digest.toString())
                .map(ManifestStore::manifest)
                .findOne();
    }

    /** The manifest of a repository to which a tag points. */
    public static Optional<Manifest> findTagged(Handle handle, long repository, String tag) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM registry.tag t"
                        + " JOIN registry.manifest m ON m.id = t.manifest_id"
                        + " WHERE t.repository_id = :repository AND t.name = :tag AND m.deleted_at IS NULL")
                .bind("repository", repository)
                .bind("tag", tag)
                .map(ManifestStore::manifest)
                .findOne();
    }

    /** The manifest of a repository that a tag or a digest names. */
    public static Optional<Manifest> findNamed(Handle handle, long repository, String reference) {
        return Digest.parse(reference)
                .map(digest -> find(handle, repository, digest))
                .orElseGet(() -> findTagged(handle, repository, reference));
    }

    /** The bytes of a manifest, exactly as they were pushed. */
    public static Optional<byte[]> content(Handle handle, long id) {
        return handle.createQuery("SELECT content FROM registry.manifest WHERE id = :id AND deleted_at IS NULL")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne();
    }

    /** The manifests that an index names, in its order, as far as the repository has them. */
    public static List<Manifest> children(Handle handle, long parent) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM registry.manifest_child c JOIN registry.manifest m"
                        + " ON m.repository_id = c.repository_id AND m.digest = c.digest AND m.deleted_at IS NULL"
                        + " WHERE c.parent_id = :parent ORDER BY c.position")
                .bind("parent", parent)
                .map(ManifestStore::manifest)
                .list();
    }

    /** Whether an index of the repository names this manifest. */
    public static boolean isChild(Handle handle, long repository, Digest digest) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.manifest_child c"
                        + " JOIN registry.manifest m ON m.id = c.parent_id AND m.deleted_at IS NULL"
                        + " WHERE c.repository_id = :repository AND c.digest = :digest)")
                .bind("repository", repository)
                .bind("digest", digest.toString())
                .mapTo(boolean.class)
                .one();
    }

    /** The manifests of a repository that have this one for their subject, in the order of their numbers. */
    public static List<Manifest> referrers(Handle handle, long repository, Digest subject) {
        return handle.createQuery(SELECT + " AND m.repository_id = :repository AND m.subject = :subject ORDER BY m.id")
                .bind("repository", repository)
                .bind("subject", subject.toString())
                .map(ManifestStore::manifest)
                .list();
    }

    /** Reads {@link #COLUMNS}. */
    public static Manifest manifest(ResultSet row, StatementContext context) throws SQLException {
        return new Manifest(
                row.getLong("id"),
                row.getLong("repository_id"),
                Digest.parse(row.getString("digest")).orElseThrow(),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("config_type"),
                row.getString("artifact_type"),
                digest(row.getString("subject")),
                strings(row.getString("annotations")),
                row.getString("attributes"),
                row.getObject("pushed_at", OffsetDateTime.class).toInstant(),
                instant(row, "pulled_at"));
    }

    private static @Nullable Digest digest(@Nullable String text) {
        return text == null ? null : Digest.parse(text).orElseThrow();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Map<String, String> strings(String json) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : Json.mapper().readTree(json).properties()) {
            strings.put(member.getKey(), member.getValue().asString());
        }
        return strings;
    }
}
