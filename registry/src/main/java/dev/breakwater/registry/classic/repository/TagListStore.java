package dev.breakwater.registry.classic.repository;

import dev.breakwater.registry.blob.Digest;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Tags together with what the lists of the 2017 API say of their manifests, in one query. */
final class TagListStore {

    private TagListStore() {}

    /**
     * A tag and its manifest.
     *
     * @param manifestId the number of the manifest
     * @param attributes what the configuration says, JSON by key
     */
    record Tagged(String name, long manifestId, Digest digest, String attributes) {}

    private static final String SELECT = "SELECT t.name, m.id, m.digest, m.attributes FROM registry.tag t"
            + " JOIN registry.manifest m ON m.id = t.manifest_id AND m.deleted_at IS NULL"
            + " WHERE t.repository_id = :repository";

    /** All tags of a repository, by name. */
    static List<Tagged> list(Handle handle, long repository) {
        return tagged(handle.createQuery(SELECT + " ORDER BY t.name").bind("repository", repository));
    }

    static Optional<Tagged> find(Handle handle, long repository, String tag) {
        return tagged(handle.createQuery(SELECT + " AND t.name = :tag")
                        .bind("repository", repository)
                        .bind("tag", tag))
                .stream()
                .findFirst();
    }

    private static List<Tagged> tagged(Query query) {
        return query.map((row, context) -> new Tagged(
                        row.getString("name"),
                        row.getLong("id"),
                        Digest.parse(row.getString("digest")).orElseThrow(),
                        row.getString("attributes")))
                .list();
    }
}
