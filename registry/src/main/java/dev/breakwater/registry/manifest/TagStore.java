package dev.breakwater.registry.manifest;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of tags. A tag never points to a deleted manifest. */
public final class TagStore {

    private static final RowMapper<Tag> TAG = ConstructorMapper.of(Tag.class);
    private static final String SELECT =
            "SELECT t.id, t.repository_id, t.name, t.manifest_id, t.pushed_at, t.pulled_at FROM registry.tag t";

    private TagStore() {}

    /** The tag of a repository with this name. */
    public static Optional<Tag> find(Handle handle, long repository, String name) {
        return handle.createQuery(SELECT + " WHERE t.repository_id = :repository AND t.name = :name")
                .bind("repository", repository)
                .bind("name", name)
                .map(TAG)
                .findOne();
    }

    /** The tags on some manifests, by manifest, in the order of their names. */
    public static Map<Long, List<Tag>> ofManifests(Handle handle, Collection<Long> manifests) {
        return handle
                .createQuery(SELECT + " WHERE t.manifest_id = ANY (:manifests) ORDER BY t.name")
                .bindArray("manifests", Long.class, manifests)
                .map(TAG)
                .stream()
                .collect(Collectors.groupingBy(Tag::manifestId));
    }

    /**
     * The names of a repository's tags in byte order.
     *
     * @param after only those greater than this; null for all
     * @param limit at most so many; null for all
     */
    public static List<String> names(Handle handle, long repository, @Nullable String after, @Nullable Integer limit) {
        return handle.createQuery("SELECT name FROM registry.tag WHERE repository_id = :repository"
                        + " AND (CAST(:after AS text) IS NULL OR name > :after) ORDER BY name LIMIT :limit")
                .bind("repository", repository)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Adds a tag to a manifest of the same repository; false when the name is taken. */
    public static boolean insert(Handle handle, long repository, String name, long manifest, Instant now) {
        return handle.execute(
                        "INSERT INTO registry.tag (repository_id, name, manifest_id, pushed_at) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        repository,
                        name,
                        manifest,
                        now)
                == 1;
    }
}
