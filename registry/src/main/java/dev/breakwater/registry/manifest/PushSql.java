package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.db.ArrayColumns;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a push has to know before it writes. Pushes that come together ask together. */
final class PushSql {

    private PushSql() {}

    /**
     * What a manifest names that is there.
     *
     * @param size in bytes; of a manifest with all that it names in turn
     * @param counted whether the project's use of storage includes it
     * @param config its bytes, when it is the configuration and small; null for all others
     */
    record Present(long size, boolean counted, byte @Nullable [] config) {}

    /**
     * What a push asks about.
     *
     * @param place where it goes
     * @param parsed the manifest
     * @param digest of the manifest
     */
    record Wanted(Place place, ParsedManifest parsed, Digest digest) {}

    /** A blob that the manifest with a number names. */
    private record Named(int number, Place place, String digest, boolean config) {}

    private static final String BLOBS = """
            SELECT held.number, held.digest, held.size, pc.digest IS NOT NULL AS counted, held.config FROM (
                SELECT w.number, w.project, rb.digest, b.size, CASE WHEN w.config THEN b.content END AS config
                FROM unnest(?, ?, ?, ?, ?) AS w (number, repository, project, digest, config)
                JOIN registry.repository_blob rb ON rb.repository_id = w.repository AND rb.digest = w.digest
                JOIN registry.blob b ON b.digest = rb.digest AND b.doomed_at IS NULL
                ORDER BY rb.repository_id, rb.digest FOR KEY SHARE OF rb) AS held
            LEFT JOIN registry.project_content pc
                ON pc.project_id = held.project AND pc.digest = held.digest
            UNION ALL
            SELECT m.number, pc.digest, pc.size, true, NULL
            FROM unnest(?, ?) WITH ORDINALITY AS m (project, digest, number)
            JOIN registry.project_content pc ON pc.project_id = m.project AND pc.digest = m.digest
            """;

    /**
     * For each of some manifests those of its blobs that its repository has; until the transaction ends, nobody takes
     * them from it. The digest of the manifest itself is among the results when the project has counted its bytes.
     */
    static List<Map<String, Present>> blobs(Handle handle, List<Wanted> wanted) throws SQLException {
        List<Map<String, Present>> present = new ArrayList<>();
        List<Named> named = new ArrayList<>();
        for (Wanted each : wanted) {
            present.add(new HashMap<>());
            @Nullable Descriptor config = each.parsed().config();
            String digestOfConfig = config == null ? "" : config.digest().toString();
            for (String digest : each.parsed().blobs()) {
                named.add(new Named(present.size(), each.place(), digest, digest.equals(digestOfConfig)));
            }
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(BLOBS)) {
            ArrayColumns columns = new ArrayColumns(statement);
            columns.add("int", named, Named::number);
            columns.longs(named, each -> each.place().repositoryId());
            columns.longs(named, each -> each.place().project().id());
            columns.texts(named, Named::digest);
            columns.add("boolean", named, Named::config);
            columns.longs(wanted, each -> each.place().project().id());
            columns.texts(wanted, each -> each.digest().toString());
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                present.get(row.getInt(1) - 1)
                        .put(row.getString(2), new Present(row.getLong(3), row.getBoolean(4), row.getBytes(5)));
            }
        }
        return present;
    }

    /** Those of some manifests that the repository has; until the transaction ends, nobody removes them. */
    static Map<String, Long> manifests(Handle handle, long repository, List<String> digests) {
        Map<String, Long> sizes = new HashMap<>();
        handle.createQuery("SELECT digest, size FROM registry.manifest WHERE repository_id = :repository"
                        + " AND digest = ANY (:digests) AND deleted_at IS NULL ORDER BY id FOR KEY SHARE")
                .bind("repository", repository)
                .bindArray("digests", String.class, digests)
                .map((row, context) -> Map.entry(row.getString("digest"), row.getLong("size")))
                .forEach(entry -> sizes.put(entry.getKey(), entry.getValue()));
        return sizes;
    }

    /** How deep the deepest of some manifests is: 1 when none of them names any, and never more than {@code most}. */
    static int depth(Handle handle, long repository, List<String> digests, int most) {
        return handle.createQuery("""
                        WITH RECURSIVE below (digest, depth) AS (
                            SELECT digest COLLATE "C", 1 FROM unnest(:digests) AS digest
                            UNION
                            SELECT c.digest, below.depth + 1 FROM below
                            JOIN registry.manifest m ON m.repository_id = :repository AND m.digest = below.digest
                            JOIN registry.manifest_child c ON c.parent_id = m.id
                            WHERE below.depth < :most)
                        SELECT coalesce(max(depth), 0) FROM below
                        """)
                .bind("repository", repository)
                .bindArray("digests", String.class, digests)
                .bind("most", most)
                .mapTo(Integer.class)
                .one();
    }
}
