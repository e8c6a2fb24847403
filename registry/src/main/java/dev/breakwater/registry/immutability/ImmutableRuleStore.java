package dev.breakwater.registry.immutability;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.selector.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The table of rules that make tags immutable. */
final class ImmutableRuleStore {

    private static final String SELECT =
            "SELECT id, project_id, priority, disabled, selection FROM registry.immutable_rule WHERE project_id = :project";

    private ImmutableRuleStore() {}

    static List<ImmutableRule> list(Handle handle, long project) {
        return handle.createQuery(SELECT + " ORDER BY id")
                .bind("project", project)
                .map(ImmutableRuleStore::rule)
                .list();
    }

    static List<ImmutableRule> inForce(Handle handle, long project) {
        return handle.createQuery(SELECT + " AND NOT disabled")
                .bind("project", project)
                .map(ImmutableRuleStore::rule)
                .list();
    }

    static Optional<ImmutableRule> find(Handle handle, long project, long id) {
        return handle.createQuery(SELECT + " AND id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(ImmutableRuleStore::rule)
                .findOne();
    }

    static long insert(Handle handle, ImmutableRule rule, Instant now) {
        return handle.createQuery("INSERT INTO registry.immutable_rule (project_id, priority, disabled, selection,"
                        + " created_at) VALUES (:project, :priority, :disabled, CAST(:selection AS jsonb), :now)"
                        + " RETURNING id")
                .bind("project", rule.projectId())
                .bind("priority", rule.priority())
                .bind("disabled", rule.disabled())
                .bind("selection", text(rule.selection()))
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    static void update(Handle handle, ImmutableRule rule) {
        handle.createUpdate("UPDATE registry.immutable_rule SET priority = :priority, disabled = :disabled,"
                        + " selection = CAST(:selection AS jsonb) WHERE id = :id AND project_id = :project")
                .bind("id", rule.id())
                .bind("project", rule.projectId())
                .bind("priority", rule.priority())
                .bind("disabled", rule.disabled())
                .bind("selection", text(rule.selection()))
                .execute();
    }

    static void delete(Handle handle, long project, long id) {
        handle.execute("DELETE FROM registry.immutable_rule WHERE project_id = ? AND id = ?", project, id);
    }

    static void deleteAll(Handle handle, long project) {
        handle.execute("DELETE FROM registry.immutable_rule WHERE project_id = ?", project);
    }

    /** Those of some tags of a repository that point to another manifest than this one. */
    static List<String> pointingElsewhere(Handle handle, long repository, List<String> tags, String digest) {
        return handle.createQuery("SELECT t.name FROM registry.tag t JOIN registry.manifest m ON m.id = t.manifest_id"
                        + " WHERE t.repository_id = :repository AND t.name = ANY (:tags) AND m.digest <> :digest")
                .bind("repository", repository)
                .bindArray("tags", String.class, tags)
                .bind("digest", digest)
                .mapTo(String.class)
                .list();
    }

    /** A tag of a repository, by its whole name. */
    record Tagged(String repository, String tag) {}

    static List<Tagged> tags(Handle handle, long project, int limit) {
        return handle.createQuery("SELECT r.name AS repository, t.name AS tag FROM registry.repository r"
                        + " JOIN registry.tag t ON t.repository_id = r.id WHERE r.project_id = :project"
                        + " ORDER BY r.name, t.name LIMIT :limit")
                .bind("project", project)
                .bind("limit", limit)
                .map((row, context) -> new Tagged(row.getString("repository"), row.getString("tag")))
                .list();
    }

    private static String text(Selection selection) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        selection.write(node);
        return Json.mapper().writeValueAsString(node);
    }

    private static ImmutableRule rule(ResultSet row, StatementContext context) throws SQLException {
        return new ImmutableRule(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getInt("priority"),
                row.getBoolean("disabled"),
                Selection.parse(Json.mapper().readTree(row.getString("selection"))));
    }
}
