package dev.breakwater.registry.artifact;

import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What belongs to artifacts: signatures, attestations and the like (registry.md 3.3). */
public final class AccessoryStore {

    /** By what they can be narrowed and sorted, as the present-day API spells it. */
    public static final Columns COLUMNS = new Columns("m.id, a.type")
            .number("id", "m.id")
            .number("size", "m.size")
            .text("digest", "m.digest")
            .text("type", "a.type")
            .time("creation_time", "m.pushed_at");

    private static final String FROM = """
             FROM registry.accessory a
            JOIN registry.manifest m ON m.id = a.manifest_id
            JOIN registry.manifest s ON s.id = a.subject_id
            JOIN registry.repository r ON r.id = s.repository_id
            WHERE a.subject_id = ANY (:subjects)
            """;

    private AccessoryStore() {}

    /** An accessory; it is itself an artifact, and has its number. */
    public record Accessory(
            long id,
            long subjectId,
            String subjectDigest,
            String subjectRepository,
            long size,
            String digest,
            String type,
            @Nullable String artifactType,
            Instant createdAt) {}

    /** Those of an artifact that fit, in this order, which is a whole {@code ORDER BY}. */
    public static List<Accessory> list(
            Handle handle, long subject, Condition condition, String order, long offset, int limit) {
        return query(handle, List.of(subject), condition, order + " LIMIT " + limit + " OFFSET " + offset);
    }

    /** How many fit. */
    public static long count(Handle handle, long subject, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .bindArray("subjects", Long.class, List.of(subject))
                .mapTo(Long.class)
                .one();
    }

    /** Those of some artifacts, by artifact. */
    public static Map<Long, List<Accessory>> of(Handle handle, Collection<Long> subjects) {
        return query(handle, subjects, Condition.NONE, " ORDER BY m.id, a.type").stream()
                .collect(Collectors.groupingBy(Accessory::subjectId));
    }

    private static List<Accessory> query(Handle handle, Collection<Long> subjects, Condition condition, String ending) {
        return condition
                .bind(handle.createQuery("SELECT m.id, a.subject_id, s.digest AS subject_digest, r.name AS repository,"
                        + " m.size, m.digest, a.type, coalesce(m.artifact_type, m.config_type) AS artifact_type, m.pushed_at"
                        + FROM + condition.sql() + ending))
                .bindArray("subjects", Long.class, subjects)
                .map((row, context) -> new Accessory(
                        row.getLong("id"),
                        row.getLong("subject_id"),
                        row.getString("subject_digest"),
                        row.getString("repository"),
                        row.getLong("size"),
                        row.getString("digest"),
                        row.getString("type"),
                        row.getString("artifact_type"),
                        row.getObject("pushed_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
