package dev.breakwater.registry.scanning;

import dev.breakwater.registry.Scanner;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What may be scanned. */
public final class ScannableStore {

    private ScannableStore() {}

    /** An image, with what tells whether it can be scanned. */
    public record Image(
            long manifestId,
            long projectId,
            String repository,
            String digest,
            String mediaType,
            @Nullable String configType) {

        /** The image as the target of a scan that somebody asks for. */
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

    /** The image of this number. */
    public static Optional<Image> find(Handle handle, long manifest) {
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

    private static List<Image> images(Query query) {
        return query.map((row, context) -> new Image(
                        row.getLong("id"),
                        row.getLong("project_id"),
                        row.getString("name"),
                        row.getString("digest"),
                        row.getString("media_type"),
                        row.getString("config_type")))
                .list();
    }
}
