package dev.breakwater.registry.classic.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The activities that the access log of the 2017 API consists of: of projects, and of images by tag or digest. */
final class AccessLogStore {

    private AccessLogStore() {}

    /** One entry. */
    record Entry(
            long id, String username, long projectId, String repository, String tag, String operation, Instant at) {}

    /**
     * Whose entries.
     *
     * @param project of this project only; null for any
     * @param member of the projects of this user only; null for any
     */
    record Scope(@Nullable Long project, @Nullable UUID member) {}

    /**
     * Which of them.
     *
     * @param username part of the username
     * @param repository part of the repository's name
     * @param tag part of the tag
     * @param operations any of these; empty for all
     * @param from not before; null for no limit
     * @param before earlier than; null for no limit
     */
    record Filter(
            String username,
            String repository,
            String tag,
            List<String> operations,
            @Nullable Instant from,
            @Nullable Instant before) {

        Filter {
            operations = List.copyOf(operations);
        }
    }

    private static final String FITTING = """
             FROM registry.activity a
             WHERE a.project_id IS NOT NULL AND a.succeeded
               AND a.resource_type IN ('project', 'artifact', 'tag')
               AND a.operation IN ('create', 'delete', 'push', 'pull')
               AND (CAST(:project AS bigint) IS NULL OR a.project_id = :project)
               AND (CAST(:member AS uuid) IS NULL OR a.project_id IN (
                    SELECT m.project_id FROM registry.member m WHERE m.user_id = :member))
               AND position(:username IN a.username) > 0
               AND position(:repository IN a.repository) > 0
               AND position(:tag IN a.tag) > 0
               AND (cardinality(:operations) = 0 OR a.operation = ANY (:operations))
               AND (CAST(:from AS timestamptz) IS NULL OR a.at >= :from)
               AND (CAST(:before AS timestamptz) IS NULL OR a.at < :before)
            """;

    /** The entries that fit, newest first. */
    static List<Entry> list(Handle handle, Scope scope, Filter filter, long offset, int limit) {
        return bind(
                        handle.createQuery(
                                "SELECT a.id, a.username, a.project_id, a.repository, a.tag, a.operation, a.at"
                                        + FITTING + " ORDER BY a.at DESC, a.id DESC LIMIT :limit OFFSET :offset"),
                        scope,
                        filter)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> new Entry(
                        row.getLong("id"),
                        row.getString("username"),
                        row.getLong("project_id"),
                        row.getString("repository"),
                        row.getString("tag"),
                        row.getString("operation"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** How many fit. */
    static long count(Handle handle, Scope scope, Filter filter) {
        return bind(handle.createQuery("SELECT count(*)" + FITTING), scope, filter)
                .mapTo(Long.class)
                .one();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Scope scope, Filter filter) {
        return statement
                .bind("project", scope.project())
                .bind("member", scope.member())
                .bind("username", filter.username())
                .bind("repository", filter.repository())
                .bind("tag", filter.tag())
                .bindArray("operations", String.class, filter.operations())
                .bind("from", filter.from())
                .bind("before", filter.before());
    }
}
