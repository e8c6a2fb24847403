package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.retention.RetentionExecution;
import dev.breakwater.registry.retention.RetentionPolicy;
import dev.breakwater.registry.retention.RetentionRuns;
import dev.breakwater.registry.retention.Retentions;
import dev.breakwater.registry.retention.Template;
import dev.breakwater.tenancy.Audit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code /retentions}: policies, and what carrying them out did (registry.md 3.4, 3.6). */
final class RetentionHandlers {

    private static final Map<String, Integer> STATUS_CODES =
            Map.of("Pending", 0, "Running", 2, "Stopped", 3, "Error", 3, "Success", 3);

    private final Database database;
    private final Retentions retentions;
    private final RetentionRuns runs;
    private final Audit audit;

    RetentionHandlers(Database database, Retentions retentions, RetentionRuns runs, Audit audit) {
        this.database = database;
        this.retentions = retentions;
        this.runs = runs;
        this.audit = audit;
    }

    /** {@code GET /metadatas}: of what rules can be made. */
    public Answer metadata(Call call, Rights rights) {
        Checks.known(rights);
        return new Shape()
                .list("templates", Shape.each(Arrays.asList(Template.values()), RetentionHandlers::template))
                .list("scope_selectors", List.of(selector("Repositories", "repoMatches", "repoExcludes")))
                .list("tag_selectors", List.of(selector("Tags", "matches", "excludes")))
                .answer();
    }

    private static JsonNode template(Template template) {
        List<JsonNode> params = template.hasParameter()
                ? List.of(new Shape()
                        .text("type", "int")
                        .text("unit", template.unit())
                        .truth("required", true)
                        .build())
                : List.of();
        return new Shape()
                .text("rule_template", template.label())
                .text("display_text", template.text())
                .text("action", "retain")
                .list("params", params)
                .build();
    }

    private static JsonNode selector(String text, String... decorations) {
        return new Shape()
                .text("display_text", text)
                .text("kind", "doublestar")
                .list("decorations", Shape.each(List.of(decorations), JsonNodeFactory.instance::stringNode))
                .build();
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.known(rights);
        Body body = Body.of(call);
        Body scope = body.object("scope").orElseThrow(() -> new Failure.Invalid("scope is required"));
        String level = scope.text("level").orElse("");
        if (!level.equals("project")) {
            throw new Failure.Invalid("scope %s is not support".formatted(level));
        }
        long id = scope.number("ref").orElse(0L);
        Project project =
                database.query(handle -> Checks.project(handle, id, rights, Resource.TAG_RETENTION, Action.CREATE));
        RetentionPolicy policy = RetentionPolicy.parse(0, project.id(), body.object());
        long made = database.transact(handle -> {
            long number = retentions.create(handle, policy);
            record(handle, call, project, "created", number);
            return number;
        });
        return Shape.created("/api/v2.0/retentions/" + made);
    }

    /** A policy with the project that it belongs to. */
    private record Owned(RetentionPolicy policy, Project project) {}

    /** The policy of the path, for who has the permission in its project. */
    private Owned find(Handle handle, Call call, Rights rights, Action action) {
        Checks.known(rights);
        long id = Numbers.path(call, "id");
        Optional<RetentionPolicy> policy = retentions.find(handle, id);
        if (policy.isEmpty()) {
            throw rights.sight().everything()
                    ? new Failure.NotFound("retention policy " + id + " not found")
                    : Checks.refused(rights);
        }
        return new Owned(
                policy.get(), Checks.project(handle, policy.get().projectId(), rights, Resource.TAG_RETENTION, action));
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        return Shape.answer(database.query(
                handle -> find(handle, call, rights, Action.READ).policy().write()));
    }

    /** {@code PUT} of one. */
    public Answer update(Call call, Rights rights) {
        Owned owned = database.query(handle -> find(handle, call, rights, Action.UPDATE));
        RetentionPolicy policy = RetentionPolicy.parse(
                owned.policy().id(), owned.project().id(), Body.of(call).object());
        database.transact(handle -> {
            retentions.update(handle, policy);
            record(handle, call, owned.project(), "updated", policy.id());
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        database.transact(handle -> {
            Owned owned = find(handle, call, rights, Action.DELETE);
            retentions.delete(handle, owned.policy());
            record(handle, call, owned.project(), "deleted", owned.policy().id());
            return true;
        });
        return Shape.done();
    }

    /** {@code GET /executions}: newest first. */
    public Answer executions(Call call, Rights rights) {
        Page page = Page.of(call);
        return database.query(handle -> {
            long policy = find(handle, call, rights, Action.LIST).policy().id();
            List<RetentionExecution> found = runs.list(handle, policy, page.offset(), page.size());
            return page.answer(call, Shape.each(found, RetentionHandlers::shape), runs.count(handle, policy));
        });
    }

    private static JsonNode shape(RetentionExecution execution) {
        return new Shape()
                .number("id", execution.id())
                .number("policy_id", execution.policyId())
                .time("start_time", execution.startedAt())
                .time("end_time", execution.endedAt())
                .text("status", execution.status())
                .text("trigger", execution.trigger())
                .truth("dry_run", execution.dryRun())
                .build();
    }

    /** {@code POST /executions}. */
    public Answer execute(Call call, Rights rights) {
        Owned owned = database.query(handle -> find(handle, call, rights, Action.OPERATE));
        boolean dryRun = Body.of(call).truth("dry_run").orElse(false);
        long policy = owned.policy().id();
        long execution = database.transact(handle -> {
            long made = runs.request(handle, owned.policy(), dryRun, RetentionExecution.MANUAL);
            record(handle, call, owned.project(), "executed", policy);
            return made;
        });
        runs.begin();
        return Shape.created("/api/v2.0/retentions/%d/executions/%d".formatted(policy, execution));
    }

    /** {@code PATCH} of an execution: stop it. */
    public Answer operate(Call call, Rights rights) {
        database.query(handle -> find(handle, call, rights, Action.OPERATE));
        String action = Body.of(call).text("action").orElse("");
        if (!action.equals("stop")) {
            throw new Failure.Invalid("invalid action: " + action);
        }
        database.transact(handle -> {
            Owned owned = find(handle, call, rights, Action.OPERATE);
            runs.stop(handle, execution(handle, call, owned));
            record(handle, call, owned.project(), "stopped", owned.policy().id());
            return true;
        });
        return Shape.done();
    }

    private RetentionExecution execution(Handle handle, Call call, Owned owned) {
        long id = Numbers.path(call, "eid");
        return runs.find(handle, owned.policy().id(), id)
                .orElseThrow(() -> new Failure.NotFound("retention execution " + id + " not found"));
    }

    /** {@code GET /tasks} of an execution. */
    public Answer tasks(Call call, Rights rights) {
        Page page = Page.of(call);
        return database.query(handle -> {
            RetentionExecution execution = execution(handle, call, find(handle, call, rights, Action.LIST));
            List<RetentionExecution.Task> found = runs.tasks(handle, execution, page.offset(), page.size());
            return page.answer(call, Shape.each(found, RetentionHandlers::shape), runs.countTasks(handle, execution));
        });
    }

    private static JsonNode shape(RetentionExecution.Task task) {
        return new Shape()
                .number("id", task.id())
                .number("execution_id", task.executionId())
                .text("repository", task.repository())
                .text("job_id", Long.toString(task.id()))
                .text("status", task.status())
                .number("status_code", STATUS_CODES.getOrDefault(task.status(), 0))
                .number("status_revision", 0)
                .time("start_time", task.startedAt())
                .time("end_time", task.endedAt())
                .number("total", task.total())
                .number("retained", task.retained())
                .build();
    }

    /** {@code GET} of the log of a task. */
    public Answer log(Call call, Rights rights) {
        long task = Numbers.path(call, "tid");
        String log = database.query(handle -> runs.log(
                        handle, execution(handle, call, find(handle, call, rights, Action.READ)), task)
                .orElseThrow(() -> new Failure.NotFound("retention task " + task + " not found")));
        return Answer.of(200, "text/plain; charset=utf-8", log.getBytes(StandardCharsets.UTF_8));
    }

    private void record(Handle handle, Call call, Project project, String what, long id) {
        audit.record(handle, call, project.organizationId(), "registry.retention." + what, Long.toString(id));
    }
}
