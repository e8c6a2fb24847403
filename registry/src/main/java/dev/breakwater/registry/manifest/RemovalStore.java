package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Moves what is removed out of sight, in one statement each, and notes how to bring it back. */
final class RemovalStore {

    private RemovalStore() {}

    /** A manifest that nobody else can push or remove until the transaction ends. */
    record Locked(long id, Digest digest) {}

    private static final String DELETION = """
            deletion AS (
                INSERT INTO registry.deletion (project_id, repository_id, kind, deleted_by, deleted_at)
                VALUES (:project, :repository, :kind, :username, :now) RETURNING id)
            """;

    /** The manifest is read after the tag is held, since another push may just have moved it. */
    static Optional<Removal.Target> lockTag(Handle handle, long repository, String name) {
        return handle.createQuery("SELECT manifest_id FROM registry.tag"
                        + " WHERE repository_id = :repository AND name = :name FOR UPDATE")
                .bind("repository", repository)
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .map(manifest -> new Removal.Target(name, digest(handle, manifest)));
    }

    private static Digest digest(Handle handle, long manifest) {
        return Digest.parse(handle.createQuery("SELECT digest FROM registry.manifest WHERE id = :id")
                        .bind("id", manifest)
                        .mapTo(String.class)
                        .one())
                .orElseThrow();
    }

    static List<Locked> lockManifest(Handle handle, long repository, Digest digest) {
        return handle.createQuery("SELECT id, digest FROM registry.manifest WHERE repository_id = :repository"
                        + " AND digest = :digest AND deleted_at IS NULL FOR UPDATE")
                .bind("repository", repository)
                .bind("digest", digest.toString())
                .map((row, context) -> new Locked(row.getLong("id"), digest))
                .list();
    }

    static List<Locked> lockManifests(Handle handle, long repository) {
        return handle.createQuery("SELECT id, digest FROM registry.manifest WHERE repository_id = :repository"
                        + " AND deleted_at IS NULL ORDER BY id FOR UPDATE")
                .bind("repository", repository)
                .map((row, context) -> new Locked(
                        row.getLong("id"), Digest.parse(row.getString("digest")).orElseThrow()))
                .list();
    }

    static List<Removal.Target> tags(Handle handle, List<Long> manifests) {
        return handle.createQuery("SELECT t.name, m.digest FROM registry.tag t"
                        + " JOIN registry.manifest m ON m.id = t.manifest_id"
                        + " WHERE t.manifest_id = ANY (:manifests) ORDER BY t.name FOR UPDATE OF t")
                .bindArray("manifests", Long.class, manifests)
                .map((row, context) -> new Removal.Target(
                        row.getString("name"),
                        Digest.parse(row.getString("digest")).orElseThrow()))
                .list();
    }

    static void removeTag(Handle handle, Removal removal, String name) {
        bind(
                        handle.createUpdate("WITH gone AS ("
                                + "DELETE FROM registry.tag WHERE repository_id = :repository AND name = :name"
                                + " RETURNING name, manifest_id), " + DELETION
                                + "INSERT INTO registry.deleted_tag (deletion_id, name, manifest_id)"
                                + " SELECT deletion.id, gone.name, gone.manifest_id FROM deletion, gone"),
                        removal)
                .bind("name", name)
                .execute();
    }

    static void removeManifests(Handle handle, Removal removal, List<Long> manifests) {
        bind(handle.createUpdate("""
                        WITH gone AS (
                            UPDATE registry.manifest SET deleted_at = :now WHERE id = ANY (:manifests) RETURNING id),
                        tags AS (
                            DELETE FROM registry.tag WHERE manifest_id = ANY (:manifests)
                            RETURNING name, manifest_id),
                        """ + DELETION + """
                        , kept AS (
                            INSERT INTO registry.deleted_manifest (deletion_id, manifest_id)
                            SELECT deletion.id, gone.id FROM deletion, gone)
                        INSERT INTO registry.deleted_tag (deletion_id, name, manifest_id)
                        SELECT deletion.id, tags.name, tags.manifest_id FROM deletion, tags
                        """), removal)
                .bindArray("manifests", Long.class, manifests)
                .execute();
    }

    private static Update bind(Update update, Removal removal) {
        return update.bind("project", removal.place().project().id())
                .bind("repository", removal.place().repositoryId())
                .bind("kind", removal.kind().name().toLowerCase(Locale.ROOT))
                .bind("username", removal.username())
                .bind("now", removal.at());
    }
}
