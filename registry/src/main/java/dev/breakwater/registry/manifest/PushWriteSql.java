package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.db.ArrayColumns;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes pushes, as many as come together, in one statement. */
final class PushWriteSql {

    private PushWriteSql() {}

    /**
     * All that a push writes.
     *
     * @param size of it with all that it names, in bytes
     * @param blobs those that it names and the repository has
     * @param uncounted what the project's use of storage has to include from now on
     * @param tags which are to point to it
     */
    record Row(
            Place place,
            Digest digest,
            ParsedManifest parsed,
            byte[] content,
            long size,
            String attributes,
            List<String> blobs,
            List<Content> uncounted,
            List<String> tags,
            List<Activity> activities,
            String username,
            Instant at) {}

    /** Something with so many bytes. */
    record Content(String digest, long size) {}

    /** Something of the row with a number, from 1. */
    private record Of<T>(int row, Place place, T value) {

        static <T> List<Of<T>> all(List<Row> rows, Function<Row, Collection<T>> values) {
            List<Of<T>> all = new ArrayList<>();
            int number = 0;
            for (Row row : rows) {
                number++;
                for (T value : values.apply(row)) {
                    all.add(new Of<>(number, row.place(), value));
                }
            }
            return all;
        }
    }

    /**
     * What several pushes have in common is written in the same order by all: the contents of a project, and the
     * manifests and tags of a repository.
     */
    private static final String WRITE = """
            WITH given AS (
                SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY AS g (
                    repository_id, digest, media_type, content, size, config_type, artifact_type, subject,
                    annotations, attributes, pushed_at, pushed_by, number)),
            counted AS (
                INSERT INTO registry.project_content (project_id, digest, size)
                SELECT * FROM unnest(?, ?, ?) AS c (project_id, digest, size) ORDER BY project_id, digest
                ON CONFLICT DO NOTHING RETURNING project_id, size),
            changed AS (
                INSERT INTO registry.project_usage_change (project_id, bytes)
                SELECT project_id, sum(size) FROM counted GROUP BY project_id),
            stored AS (
                INSERT INTO registry.manifest (repository_id, digest, media_type, content, size,
                    config_type, artifact_type, subject, annotations, attributes, pushed_at, pushed_by)
                SELECT repository_id, digest, media_type, content, size, config_type, artifact_type, subject,
                    CAST(annotations AS jsonb), CAST(attributes AS jsonb), pushed_at, pushed_by
                FROM given ORDER BY repository_id, digest
                ON CONFLICT (repository_id, digest) DO UPDATE SET
                    media_type = excluded.media_type, size = excluded.size,
                    attributes = excluded.attributes, pushed_at = excluded.pushed_at,
                    pushed_by = excluded.pushed_by, deleted_at = NULL
                RETURNING id, repository_id, digest, pushed_at, pushed_by),
            pushed AS (
                SELECT g.number, s.* FROM stored s JOIN given g ON g.repository_id = s.repository_id AND g.digest = s.digest),
            blobs AS (
                INSERT INTO registry.manifest_blob (manifest_id, repository_id, digest)
                SELECT p.id, p.repository_id, b.digest
                FROM unnest(?, ?) AS b (number, digest) JOIN pushed p ON p.number = b.number
                ON CONFLICT DO NOTHING),
            children AS (
                INSERT INTO registry.manifest_child (parent_id, repository_id, position, digest)
                SELECT p.id, p.repository_id, c.position, c.digest
                FROM unnest(?, ?, ?) AS c (number, position, digest) JOIN pushed p ON p.number = c.number
                ON CONFLICT DO NOTHING),
            tags AS (
                INSERT INTO registry.tag (repository_id, name, manifest_id, pushed_at)
                SELECT p.repository_id, t.name, p.id, p.pushed_at
                FROM unnest(?, ?) AS t (number, name) JOIN pushed p ON p.number = t.number
                ORDER BY p.repository_id, t.name
                ON CONFLICT (repository_id, name) DO UPDATE SET
                    manifest_id = excluded.manifest_id, pushed_at = excluded.pushed_at),
            told AS (
                INSERT INTO registry.activity (at, username, project_id, operation, resource_type,
                    resource, repository, tag, succeeded, description)
                SELECT p.pushed_at, p.pushed_by, a.project, 'push', 'artifact', a.resource, a.repository, a.tag, true,
                    a.description
                FROM unnest(?, ?, ?, ?, ?, ?) AS a (number, project, repository, resource, tag, description)
                JOIN pushed p ON p.number = a.number
                WHERE registry.is_logged('push', 'artifact'))
            SELECT id FROM pushed ORDER BY number
            """;

    /**
     * Writes pushes and returns the numbers of the manifests, in their order. The same bytes pushed again keep their
     * number, and are there again if they were deleted. Fails when two of them are the same manifest of a repository, or
     * move the same tag.
     */
    static List<Long> write(Handle handle, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(WRITE)) {
            ArrayColumns columns = new ArrayColumns(statement);
            columns.longs(rows, row -> row.place().repositoryId());
            columns.texts(rows, row -> row.digest().toString());
            columns.texts(rows, row -> row.parsed().mediaType());
            columns.bytes(rows, Row::content);
            columns.longs(rows, Row::size);
            columns.texts(rows, row -> type(row.parsed().config()));
            columns.texts(rows, row -> row.parsed().artifactType());
            columns.texts(rows, row -> digest(row.parsed().subject()));
            columns.texts(
                    rows, row -> Json.mapper().writeValueAsString(row.parsed().annotations()));
            columns.texts(rows, Row::attributes);
            columns.instants(rows, Row::at);
            columns.texts(rows, Row::username);

            List<Of<Content>> contents = Of.all(rows, Row::uncounted);
            columns.longs(contents, each -> each.place().project().id());
            columns.texts(contents, each -> each.value().digest());
            columns.longs(contents, each -> each.value().size());

            List<Of<String>> blobs = Of.all(rows, Row::blobs);
            columns.add("int", blobs, Of::row);
            columns.texts(blobs, Of::value);

            List<Of<Child>> children = Of.all(rows, row -> Child.all(row.parsed()));
            columns.add("int", children, Of::row);
            columns.add("int", children, each -> each.value().position());
            columns.texts(children, each -> each.value().digest());

            List<Of<String>> tags = Of.all(rows, Row::tags);
            columns.add("int", tags, Of::row);
            columns.texts(tags, Of::value);

            List<Of<Activity>> activities = Of.all(rows, Row::activities);
            columns.add("int", activities, Of::row);
            columns.longs(activities, each -> each.place().project().id());
            columns.texts(activities, each -> each.place().name());
            columns.texts(activities, each -> each.value().resource());
            columns.texts(activities, each -> each.value().tag());
            columns.texts(activities, each -> each.value().description());

            List<Long> ids = new ArrayList<>();
            ResultSet pushed = statement.executeQuery();
            while (pushed.next()) {
                ids.add(pushed.getLong(1));
            }
            return ids;
        }
    }

    /** A manifest that an index names, and at which place from 1. */
    private record Child(int position, String digest) {

        static List<Child> all(ParsedManifest index) {
            List<Child> children = new ArrayList<>();
            for (Descriptor child : index.children()) {
                children.add(new Child(children.size() + 1, child.digest().toString()));
            }
            return children;
        }
    }

    private static @Nullable String type(@Nullable Descriptor descriptor) {
        return descriptor == null ? null : descriptor.mediaType();
    }

    private static @Nullable String digest(@Nullable Descriptor descriptor) {
        return descriptor == null ? null : descriptor.digest().toString();
    }
}
