package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.immutability.ImmutableRule;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.selector.Selection;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /projects/{project_name_or_id}/immutabletagrules} (registry.md 3.4, 3.6). */
final class ImmutableRuleHandlers {

    private static final String ACTION = "immutable";
    private static final String TEMPLATE = "immutable_template";

    private final Database database;
    private final ImmutableRules rules;
    private final Audit audit;

    ImmutableRuleHandlers(Database database, ImmutableRules rules, Audit audit) {
        this.database = database;
        this.rules = rules;
        this.audit = audit;
    }

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        Page page = Page.of(call);
        Lists.query(call);
        List<ImmutableRule> all = database.query(handle ->
                rules.list(handle, Checks.project(handle, call, rights, Resource.IMMUTABLE_TAG, Action.LIST)));
        return page.answer(call, Shape.each(page.of(all), ImmutableRuleHandlers::shape), all.size());
    }

    private static JsonNode shape(ImmutableRule rule) {
        ObjectNode selection = new Shape().build();
        rule.selection().write(selection);
        Shape shape = new Shape()
                .text("action", ACTION)
                .truth("disabled", rule.disabled())
                .number("id", rule.id())
                .node("params", new Shape().build())
                .number("priority", rule.priority())
                .text("template", TEMPLATE);
        selection.properties().forEach(member -> shape.node(member.getKey(), member.getValue()));
        return shape.build();
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Project project =
                database.query(handle -> Checks.project(handle, call, rights, Resource.IMMUTABLE_TAG, Action.CREATE));
        ImmutableRule rule = rule(Body.of(call), project, 0);
        long id = database.transact(handle -> {
            long made = rules.create(handle, rule);
            record(handle, call, project, "created", made);
            return made;
        });
        return Shape.created("/api/v2.0/projects/%d/immutabletagrules/%d".formatted(project.id(), id));
    }

    private static ImmutableRule rule(Body body, Project project, long id) {
        require(body, "action", ACTION);
        require(body, "template", TEMPLATE);
        long priority = body.number("priority").orElse(0L);
        if (priority < 0 || priority > Integer.MAX_VALUE) {
            throw new Failure.Invalid("invalid rule priority: " + priority);
        }
        return new ImmutableRule(
                id, project.id(), (int) priority, body.truth("disabled").orElse(false), Selection.parse(body.object()));
    }

    private static void require(Body body, String member, String only) {
        String text = body.text(member).orElse(only);
        if (!text.isEmpty() && !text.equals(only)) {
            throw new Failure.Invalid("invalid rule %s: %s".formatted(member, text));
        }
    }

    /** {@code PUT} of one. */
    public Answer update(Call call, Rights rights) {
        long id = Numbers.path(call, "immutable_rule_id");
        Project project =
                database.query(handle -> Checks.project(handle, call, rights, Resource.IMMUTABLE_TAG, Action.UPDATE));
        Body body = Body.of(call);
        long sent = body.number("id").orElse(id);
        if (sent != 0 && sent != id) {
            throw new Failure.Invalid("the id %d of the rule is not that of the path, %d".formatted(sent, id));
        }
        ImmutableRule rule = rule(body, project, id);
        database.transact(handle -> {
            find(handle, project, id);
            rules.update(handle, rule);
            record(handle, call, project, "updated", id);
            return true;
        });
        return Shape.done();
    }

    private void find(Handle handle, Project project, long id) {
        if (rules.find(handle, project, id).isEmpty()) {
            throw new Failure.NotFound("immutable tag rule " + id + " not found");
        }
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        long id = Numbers.path(call, "immutable_rule_id");
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.IMMUTABLE_TAG, Action.DELETE);
            find(handle, project, id);
            rules.delete(handle, project, id);
            record(handle, call, project, "deleted", id);
            return true;
        });
        return Shape.done();
    }

    private void record(Handle handle, Call call, Project project, String what, long id) {
        audit.record(
                handle, call, project.organizationId(), "registry.immutable_rule." + what, project.name() + "/" + id);
    }
}
