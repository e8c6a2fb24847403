package dev.breakwater.registry.undo;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables of what was deleted. */
final class DeletionStore {

    private static final String OPEN =
            " WHERE d.project_id = :project AND d.deleted_at > :since AND d.undone_at IS NULL";
    private static final int SHOWN = 1_000;

    private DeletionStore() {}

    /** Those of a project that can be undone, newest first. */
    static List<Deletion> list(
            Handle handle, long project, @Nullable Long repository, Instant since, long offset, int limit) {
        return read(handle, project, repository, since, null, offset, limit);
    }

    /** One that can be undone. */
    static Optional<Deletion> find(Handle handle, long project, Instant since, long id) {
        return read(handle, project, null, since, id, 0, 1).stream().findFirst();
    }

    private static List<Deletion> read(
            Handle handle,
            long project,
            @Nullable Long repository,
            Instant since,
            @Nullable Long id,
            long offset,
            int limit) {
        return handle.createQuery(
                        "SELECT d.id, d.kind, d.repository_id, r.name, d.deleted_by, d.deleted_at, d.undone_at"
                                + " FROM registry.deletion d JOIN registry.repository r ON r.id = d.repository_id"
                                + OPEN
                                + " AND (CAST(:id AS bigint) IS NULL OR d.id = :id)"
                                + " AND (CAST(:repository AS bigint) IS NULL OR d.repository_id = :repository)"
                                + " ORDER BY d.id DESC LIMIT :limit OFFSET :offset")
                .bind("project", project)
                .bind("since", since)
                .bind("id", id)
                .bind("repository", repository)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> {
                    long number = row.getLong("id");
                    @Nullable OffsetDateTime undone = row.getObject("undone_at", OffsetDateTime.class);
                    return new Deletion(
                            number,
                            row.getString("kind"),
                            row.getLong("repository_id"),
                            row.getString("name"),
                            row.getString("deleted_by"),
                            row.getObject("deleted_at", OffsetDateTime.class).toInstant(),
                            undone == null ? null : undone.toInstant(),
                            tags(handle, number),
                            digests(handle, number));
                })
                .list();
    }

    private static List<Deletion.DeletedTag> tags(Handle handle, long deletion) {
        return handle.createQuery("SELECT dt.name, m.digest FROM registry.deleted_tag dt"
                        + " JOIN registry.manifest m ON m.id = dt.manifest_id"
                        + " WHERE dt.deletion_id = :deletion ORDER BY dt.name LIMIT :most")
                .bind("deletion", deletion)
                .bind("most", SHOWN)
                .map((row, context) -> new Deletion.DeletedTag(row.getString("name"), row.getString("digest")))
                .list();
    }

    private static List<String> digests(Handle handle, long deletion) {
        return handle.createQuery("SELECT m.digest FROM registry.deleted_manifest dm"
                        + " JOIN registry.manifest m ON m.id = dm.manifest_id"
                        + " WHERE dm.deletion_id = :deletion ORDER BY m.digest LIMIT :most")
                .bind("deletion", deletion)
                .bind("most", SHOWN)
                .mapTo(String.class)
                .list();
    }

    static long count(Handle handle, long project, Instant since) {
        return handle.createQuery("SELECT count(*) FROM registry.deletion d" + OPEN)
                .bind("project", project)
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }

    /** Holds a deletion until the transaction ends; false when it cannot be undone any more. */
    static boolean hold(Handle handle, long project, Instant since, long id) {
        return handle.createQuery("SELECT d.id FROM registry.deletion d" + OPEN + " AND d.id = :id FOR UPDATE")
                .bind("project", project)
                .bind("since", since)
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** A tag to be brought back. */
    record Lost(String name, long manifest) {}

    /**
     * Holds the manifests that a deletion concerns.
     *
     * @return how many of them are gone for good
     */
    static int holdManifests(Handle handle, long id) {
        List<Long> concerned = handle.createQuery("SELECT manifest_id FROM registry.deleted_manifest"
                        + " WHERE deletion_id = :id UNION SELECT manifest_id FROM registry.deleted_tag"
                        + " WHERE deletion_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .list();
        List<Long> held = handle.createQuery(
                        "SELECT id FROM registry.manifest WHERE id = ANY (:ids) ORDER BY id FOR UPDATE")
                .bindArray("ids", Long.class, concerned)
                .mapTo(Long.class)
                .list();
        return concerned.size() - held.size();
    }

    /** The tags of a deletion whose names point to other manifests now. */
    static List<String> taken(Handle handle, long id) {
        return handle.createQuery("SELECT t.name FROM registry.deleted_tag dt"
                        + " JOIN registry.manifest m ON m.id = dt.manifest_id"
                        + " JOIN registry.tag t ON t.repository_id = m.repository_id AND t.name = dt.name"
                        + " WHERE dt.deletion_id = :id AND t.manifest_id <> dt.manifest_id ORDER BY t.name")
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    /** Brings the manifests back, then the tags, and marks the deletion as undone. */
    static void restore(Handle handle, long id, Instant now) {
        handle.execute(
                "UPDATE registry.manifest SET deleted_at = NULL WHERE id IN ("
                        + "SELECT manifest_id FROM registry.deleted_manifest WHERE deletion_id = ?)",
                id);
        // A tag that was deleted alone may point to a manifest that was deleted after it.
        handle.execute(
                "UPDATE registry.manifest SET deleted_at = NULL WHERE deleted_at IS NOT NULL AND id IN ("
                        + "SELECT manifest_id FROM registry.deleted_tag WHERE deletion_id = ?)",
                id);
        handle.execute(
                "INSERT INTO registry.tag (repository_id, name, manifest_id, pushed_at)"
                        + " SELECT m.repository_id, dt.name, dt.manifest_id, ? FROM registry.deleted_tag dt"
                        + " JOIN registry.manifest m ON m.id = dt.manifest_id WHERE dt.deletion_id = ?"
                        + " ORDER BY dt.name ON CONFLICT DO NOTHING",
                now,
                id);
        handle.execute("UPDATE registry.deletion SET undone_at = ? WHERE id = ?", now, id);
    }
}
