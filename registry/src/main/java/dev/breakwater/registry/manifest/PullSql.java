package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The one query that stands between a request and the content it asks for; all its look-ups are in indexes. */
public final class PullSql {

    private static final String MANIFEST = ", m.id AS manifest_id, m.digest, m.media_type, m.subject,"
            + " coalesce(m.artifact_type, m.config_type) AS kind";
    private static final String PLACE = "SELECT " + ProjectStore.COLUMNS + ", r.id AS repository_id";
    private static final String FROM_PLACE =
            " FROM registry.project p JOIN registry.repository r ON r.project_id = p.id AND r.name = ?";
    private static final String WHERE_PLACE = " WHERE p.name = ? AND p.deleted_at IS NULL";

    private static final String BY_TAG = PLACE + ", t.id AS tag_id" + MANIFEST + FROM_PLACE
            + " JOIN registry.tag t ON t.repository_id = r.id AND t.name = ?"
            + " JOIN registry.manifest m ON m.id = t.manifest_id AND m.deleted_at IS NULL" + WHERE_PLACE;
    private static final String BY_DIGEST = PLACE + ", CAST(NULL AS bigint) AS tag_id" + MANIFEST + FROM_PLACE
            + " JOIN registry.manifest m ON m.repository_id = r.id AND m.digest = ?"
            + " AND m.deleted_at IS NULL" + WHERE_PLACE;
    private static final String BLOB = PLACE + ", b.size, b.content" + FROM_PLACE
            + " JOIN registry.repository_blob rb ON rb.repository_id = r.id AND rb.digest = ?"
            + " JOIN registry.blob b ON b.digest = rb.digest AND b.doomed_at IS NULL" + WHERE_PLACE;

    private PullSql() {}

    /**
     * A manifest that a request names.
     *
     * @param tagId the number of the tag by which it was named; null when it was named by its digest
     * @param kind what it says it is, or the type of its configuration; null when it has neither
     */
    public record Found(
            Place place,
            @Nullable Long tagId,
            long manifestId,
            Digest digest,
            String mediaType,
            @Nullable String kind,
            @Nullable Digest subject) {}

    /** The manifest that a tag or a digest names. */
    public static Optional<Found> manifest(Handle handle, RepositoryName name, String reference) throws SQLException {
        return first(handle, reference.indexOf(':') < 0 ? BY_TAG : BY_DIGEST, name, reference, row -> found(row, name));
    }

    private static Found found(ResultSet row, RepositoryName name) throws SQLException {
        @Nullable String subject = row.getString("subject");
        return new Found(
                place(row, name),
                row.getObject("tag_id", Long.class),
                row.getLong("manifest_id"),
                Digest.parse(row.getString("digest")).orElseThrow(),
                row.getString("media_type"),
                row.getString("kind"),
                subject == null ? null : Digest.parse(subject).orElseThrow());
    }

    private static Place place(ResultSet row, RepositoryName name) throws SQLException {
        return new Place(ProjectStore.read(row), row.getLong("repository_id"), name.toString());
    }

    /**
     * A blob that a request names.
     *
     * @param size in bytes
     * @param content the bytes of a small one; null for one that lies in the store
     */
    public record FoundBlob(Place place, long size, byte @Nullable [] content) {}

    /** The blob that may be read through a repository under this digest. */
    public static Optional<FoundBlob> blob(Handle handle, RepositoryName name, Digest digest) throws SQLException {
        return first(
                handle,
                BLOB,
                name,
                digest.toString(),
                row -> new FoundBlob(place(row, name), row.getLong("size"), row.getBytes("content")));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Plain JDBC: every pull comes by here. */
    private static <T> Optional<T> first(
            Handle handle, String sql, RepositoryName name, String reference, Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            statement.setString(1, name.toString());
            statement.setString(2, reference);
            statement.setString(3, name.project());
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(reading.of(row)) : Optional.empty();
        }
    }

    /**
     * How the list of referrers names one.
     *
     * @param id its number
     * @param size of its bytes
     * @param kind what it says it is, or the type of its configuration; null when it has neither
     * @param annotations its own, as JSON
     */
    public record Referrer(
            long id,
            String mediaType,
            String digest,
            int size,
            @Nullable String kind,
            String annotations) {}

    /** A page of referrers, and whether there are more. */
    public record Referrers(List<Referrer> page, boolean more) {}

    /**
     * The manifests of a repository that refer to another, by number: those that name it as their subject, and those in
     * the index that older clients keep under a tag. A page ends where its annotations grow too large.
     *
     * @param after only those with a greater number
     * @param kind only those which say they are this; null for all
     * @param most at most so many
     */
    public static Referrers referrers(
            Handle handle, long repository, Digest subject, @Nullable String kind, long after, int most) {
        List<Referrer> page = handle.createQuery(REFERRERS)
                .bind("repository", repository)
                .bind("subject", subject.toString())
                .bind("fallback", subject.algorithm().label() + "-" + fallback(subject))
                .bind("kind", kind)
                .bind("after", after)
                .bind("limit", most + 1)
                .map((row, context) -> new Referrer(
                        row.getLong("id"),
                        row.getString("media_type"),
                        row.getString("digest"),
                        row.getInt("size"),
                        row.getString("kind"),
                        Objects.requireNonNullElse(row.getString("annotations"), TOO_MUCH)))
                .list();
        int end = 0;
        while (end < Math.min(most, page.size()) && !page.get(end).annotations().equals(TOO_MUCH)) {
            end++;
        }
        return new Referrers(page.subList(0, end), end < page.size());
    }

    /** Stands for annotations that do not fit on the page any more. */
    private static final String TOO_MUCH = "";

    private static final String REFERRERS = """
            SELECT id, media_type, digest, size, kind, CASE WHEN coalesce(before, 0) < 4000000
                   THEN CAST(annotations AS text) END AS annotations
            FROM (
                SELECT m.id, m.media_type, m.digest, octet_length(m.content) AS size,
                       coalesce(m.artifact_type, m.config_type) AS kind, m.annotations,
                       sum(pg_column_size(m.annotations)) OVER (
                           ORDER BY m.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM registry.manifest m
                WHERE m.deleted_at IS NULL AND m.id > :after AND m.id IN (
                    SELECT s.id FROM registry.manifest s
                    WHERE s.repository_id = :repository AND s.subject = :subject
                    UNION
                    SELECT f.id FROM registry.tag t
                    JOIN registry.manifest_child c ON c.parent_id = t.manifest_id
                    JOIN registry.manifest f ON f.repository_id = c.repository_id AND f.digest = c.digest
                    WHERE t.repository_id = :repository AND t.name = :fallback)
                AND (CAST(:kind AS text) IS NULL OR coalesce(m.artifact_type, m.config_type) = :kind)
                ORDER BY m.id LIMIT :limit) AS page
            ORDER BY id
            """;

    /** A tag has at most 128 characters, so that of a longer hash is cut. */
    private static String fallback(Digest subject) {
        return subject.hex().substring(0, Math.min(subject.hex().length(), 64));
    }
}
