package dev.breakwater.registry.manifest;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
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

    /** The last set tags on some manifests, by manifest, the newest first and so many of each. */
    public static Map<Long, List<Tag>> newestOfManifests(Handle handle, Collection<Long> manifests, int most) {
        return handle
                .createQuery("SELECT n.* FROM unnest(:manifests) AS m (id) CROSS JOIN LATERAL (" + SELECT
                        + " WHERE t.manifest_id = m.id ORDER BY t.pushed_at DESC, t.id DESC LIMIT :most) AS n")
                .bindArray("manifests", Long.class, manifests)
                .bind("most", most)
                .map(TAG)
                .stream()
                .collect(Collectors.groupingBy(Tag::manifestId));
    }

    /** How many tags are on some manifests, by manifest; nothing where there is none. */
    public static Map<Long, Integer> counts(Handle handle, Collection<Long> manifests) {
        return handle.createQuery("SELECT t.manifest_id, count(*)::int AS tags FROM registry.tag t"
                        + " WHERE t.manifest_id = ANY (:manifests) GROUP BY t.manifest_id")
                .bindArray("manifests", Long.class, manifests)
                .reduceRows(new HashMap<>(), (counts, row) -> {
                    counts.put(row.getColumn("manifest_id", Long.class), row.getColumn("tags", Integer.class));
                    return counts;
                });
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
