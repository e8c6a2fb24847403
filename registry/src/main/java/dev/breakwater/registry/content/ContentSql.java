package dev.breakwater.registry.content;

import dev.breakwater.kernel.db.ArrayColumns;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.repository.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which blobs there are, and through which repositories they may be read. A doomed blob counts as absent: it is being
 * freed, or its bytes are missing or damaged.
 */
public final class ContentSql {

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0));";

    private ContentSql() {}

    /** The size of a blob that may be read through a repository; empty for any other. */
    public static OptionalLong size(Handle handle, long repository, Digest digest) {
        return handle.createQuery("SELECT b.size FROM registry.repository_blob rb"
                        + " JOIN registry.blob b ON b.digest = rb.digest AND b.doomed_at IS NULL"
                        + " WHERE rb.repository_id = :repository AND rb.digest = :digest")
                .bind("repository", repository)
                .bind("digest", digest.toString())
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Lets a blob count as newly linked, unless it was linked since {@code limit} anyway. */
    public static void refresh(Handle handle, long repository, Digest digest, Instant limit, Instant now) {
        handle.createUpdate("UPDATE registry.repository_blob SET linked_at = :now"
                        + " WHERE repository_id = :repository AND digest = :digest AND linked_at < :limit")
                .bind("repository", repository)
                .bind("digest", digest.toString())
                .bind("limit", limit)
                .bind("now", now)
                .execute();
    }

    /**
     * What is known of a blob that somebody is about to add.
     *
     * @param live whether it is in the store to stay
     * @param counted whether the project's use of storage includes it already
     */
    public record Known(boolean live, boolean counted) {}

    /**
     * Holds a digest until the transaction ends, so that nobody frees its bytes meanwhile, and tells what there is. Two
     * statements in one round trip: the second sees what others committed while the first waited.
     */
    public static Known lock(Handle handle, Digest digest, long project) throws SQLException {
        try (PreparedStatement statement = handle.getConnection()
                .prepareStatement(
                        LOCK + " SELECT EXISTS (SELECT FROM registry.blob WHERE digest = ? AND doomed_at IS NULL),"
                                + " EXISTS (SELECT FROM registry.project_content WHERE project_id = ? AND digest = ?)")) {
            statement.setString(1, digest.toString());
            statement.setString(2, digest.toString());
            statement.setLong(3, project);
            statement.setString(4, digest.toString());
            statement.execute();
            statement.getMoreResults();
            ResultSet row = statement.getResultSet();
            row.next();
            return new Known(row.getBoolean(1), row.getBoolean(2));
        }
    }

    /**
     * A small blob that nothing has to be asked about any more.
     *
     * @param content its bytes
     */
    public record Admission(Place place, Digest digest, byte[] content, Instant at) {}

    /** In the order of the digests, in which everybody takes these locks. */
    private static final String LOCK_ALL = "SELECT pg_advisory_xact_lock(hashtextextended(held.digest, 0))"
            + " FROM (SELECT digest FROM unnest(?) AS digest ORDER BY digest) AS held;";

    /** A blob that is being freed, or was found missing or damaged, gets the bytes that are here now. */
    private static final String ON_CONFLICT = """
            ON CONFLICT (digest) DO UPDATE SET doomed_at = NULL, damaged_at = NULL,
                healed_at = CASE WHEN b.damaged_at IS NULL AND b.missing_at IS NULL
                    THEN b.healed_at ELSE excluded.created_at END,
                content = CASE WHEN b.doomed_at IS NULL THEN b.content ELSE excluded.content END
            RETURNING digest, size)
            """;

    private static final String LINKED =
            " ON CONFLICT (repository_id, digest) DO UPDATE SET linked_at = excluded.linked_at";

    private static final String ADMIT = "WITH stored AS ("
            + "INSERT INTO registry.blob AS b (digest, size, created_at, content) VALUES (?, ?, ?, ?) " + ON_CONFLICT
            + "INSERT INTO registry.repository_blob (repository_id, digest, project_id, size, linked_at)"
            + " SELECT ?, digest, ?, size, ? FROM stored" + LINKED;

    private static final String ADMIT_ALL = """
            WITH given AS (
                SELECT * FROM unnest(?, ?, ?, ?, ?) AS g (digest, content, repository, project, at)),
            stored AS (
                INSERT INTO registry.blob AS b (digest, size, created_at, content)
                SELECT DISTINCT ON (digest) digest, octet_length(content), at, content FROM given ORDER BY digest
            """ + ON_CONFLICT + """
            INSERT INTO registry.repository_blob (repository_id, digest, project_id, size, linked_at)
            SELECT DISTINCT ON (given.repository, given.digest)
                given.repository, given.digest, given.project, stored.size, given.at
            FROM given JOIN stored ON stored.digest = given.digest
            ORDER BY given.repository, given.digest, given.at DESC
            """ + LINKED;

    /**
     * Notes that a blob may be read through a repository. The caller holds its digest since {@link #lock}.
     *
     * @param content the bytes of a small blob; null for one that lies in the store
     */
    public static void admit(
            Handle handle, Place place, Digest digest, long size, byte @Nullable [] content, Instant now)
            throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(ADMIT)) {
            OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
            statement.setString(1, digest.toString());
            statement.setLong(2, size);
            statement.setObject(3, at);
            statement.setBytes(4, content);
            statement.setLong(5, place.repositoryId());
            statement.setLong(6, place.project().id());
            statement.setObject(7, at);
            statement.execute();
        }
    }

    /**
     * The same for small blobs of any number of callers, in one round trip: both statements are one transaction, as long
     * as the connection is in none.
     *
     * @return true for each
     */
    public static List<Boolean> admitAll(Connection connection, List<Admission> given) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_ALL + ADMIT_ALL)) {
            ArrayColumns columns = new ArrayColumns(statement);
            columns.texts(given, each -> each.digest().toString());
            columns.texts(given, each -> each.digest().toString());
            columns.bytes(given, Admission::content);
            columns.longs(given, each -> each.place().repositoryId());
            columns.longs(given, each -> each.place().project().id());
            columns.instants(given, Admission::at);
            statement.execute();
        }
        return Collections.nCopies(given.size(), true);
    }

    /** The bytes of a small blob; empty for one that lies in the store, or is not there. */
    static Optional<byte[]> content(Connection connection, Digest digest) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT content FROM registry.blob WHERE digest = ? AND doomed_at IS NULL AND content IS NOT NULL")) {
            statement.setString(1, digest.toString());
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /**
     * Notes that the bytes of a blob are damaged, so that it counts as absent from now on. The digest is held meanwhile:
     * nobody takes the blob for live who then finds it dead.
     *
     * @param began when the reading began that found it; bytes that came later are not those that were read
     */
    public static boolean markDamaged(Handle handle, Digest digest, Instant began, Instant now) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:digest, 0))")
                .bind("digest", digest.toString())
                .mapTo(int.class)
                .one();
        return handle.createUpdate("UPDATE registry.blob SET doomed_at = :now, damaged_at = :now, healed_at = NULL"
                                + " WHERE digest = :digest AND doomed_at IS NULL AND created_at <= :began"
                                + " AND (healed_at IS NULL OR healed_at <= :began)")
                        .bind("digest", digest.toString())
                        .bind("began", began)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Whether a blob could be read through a repository, were it not damaged. */
    public static boolean isDamaged(Handle handle, long repository, Digest digest) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM registry.repository_blob rb"
                        + " JOIN registry.blob b ON b.digest = rb.digest AND b.damaged_at IS NOT NULL"
                        + " WHERE rb.repository_id = :repository AND rb.digest = :digest)")
                .bind("repository", repository)
                .bind("digest", digest.toString())
                .mapTo(boolean.class)
                .one();
    }

    /** The projects whose repositories hold a live blob, with the names of those repositories. */
    public record Holder(long project, String repository) {}

    /** Some of the repositories through which a blob may be read, one of each project. */
    public static List<Holder> holders(Handle handle, Digest digest, int most) {
        return handle.createQuery("SELECT DISTINCT ON (rb.project_id) rb.project_id, r.name"
                        + " FROM registry.repository_blob rb"
                        + " JOIN registry.blob b ON b.digest = rb.digest AND b.doomed_at IS NULL"
                        + " JOIN registry.repository r ON r.id = rb.repository_id"
                        + " WHERE rb.digest = :digest LIMIT :most")
                .bind("digest", digest.toString())
                .bind("most", most)
                .map((row, context) -> new Holder(row.getLong("project_id"), row.getString("name")))
                .list();
    }

    /**
     * Lets some blobs be read through one more repository, as far as they are live and in the other one.
     *
     * @return how many may be read there since or did so before
     */
    public static int link(Handle handle, long from, Place to, List<String> digests, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO registry.repository_blob (repository_id, digest, project_id, size, linked_at)
                        SELECT :to, held.digest, :project, held.size, :now FROM (
                            SELECT rb.digest, b.size FROM registry.repository_blob rb
                            JOIN registry.blob b ON b.digest = rb.digest AND b.doomed_at IS NULL
                            WHERE rb.repository_id = :from AND rb.digest = ANY (:digests)
                            ORDER BY rb.digest FOR KEY SHARE OF rb) AS held
                        ON CONFLICT (repository_id, digest) DO UPDATE SET linked_at = excluded.linked_at
                        """)
                .bind("from", from)
                .bind("to", to.repositoryId())
                .bind("project", to.project().id())
                .bindArray("digests", String.class, digests)
                .bind("now", now)
                .execute();
    }

    /** Ends that a blob may be read through a repository; false when it could not. */
    public static boolean unlink(Handle handle, long repository, Digest digest) {
        return handle.execute(
                        "DELETE FROM registry.repository_blob WHERE repository_id = ? AND digest = ?",
                        repository,
                        digest.toString())
                == 1;
    }
}
