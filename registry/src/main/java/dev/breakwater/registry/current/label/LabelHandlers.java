package dev.breakwater.registry.current.label;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.label.Label;
import dev.breakwater.registry.label.LabelStore;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.listing.ListQuery;
import dev.breakwater.tenancy.Audit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /labels} (registry.md 3.4). */
public final class LabelHandlers {

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_TEXT = 1_024;
    private static final int LONGEST_COLOR = 16;
    private static final String SYSTEM = "g";
    private static final String PROJECT = "p";

    private final Database database;
    private final TimeSource time;
    private final Audit audit;

    /** Answers with what these know. */
    public LabelHandlers(Database database, TimeSource time, Audit audit) {
        this.database = database;
        this.time = time;
        this.audit = audit;
    }

    /** {@code GET}: those of the system, or of one project. */
    public Answer list(Call call, Rights rights) {
        Page page = Page.of(call);
        ListQuery query = Lists.query(call);
        String scope = call.query("scope").or(() -> query.text("scope")).orElse("");
        if (!scope.equals(SYSTEM) && !scope.equals(PROJECT)) {
            throw new Failure.Invalid("invalid scope: " + scope);
        }
        Condition condition = (scope.equals(SYSTEM) ? ofSystem(rights) : ofProject(call, query, rights))
                .and(LabelListStore.COLUMNS.condition(query))
                .and(named(call));
        String order = LabelListStore.COLUMNS.order(Lists.sort(call), "l.name");
        return database.query(handle -> {
            List<Label> labels = LabelListStore.list(handle, condition, order, page);
            return page.answer(call, Shape.each(labels, LabelHandlers::shape), LabelListStore.count(handle, condition));
        });
    }

    private static Condition ofSystem(Rights rights) {
        Checks.known(rights);
        return Condition.NONE.and("l.project_id IS NULL");
    }

    private Condition ofProject(Call call, ListQuery query, Rights rights) {
        OptionalLong project = Numbers.query(call, "project_id");
        if (project.isEmpty()) {
            project = query.text("project_id").stream()
                    .filter(text -> text.matches("[0-9]{1,18}"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
        }
        if (project.isEmpty() || project.getAsLong() == 0) {
            throw new Failure.Invalid("must with project ID when to query project labels");
        }
        long id = project.getAsLong();
        database.query(handle -> Checks.project(handle, id, rights, Resource.LABEL, Action.LIST));
        return Condition.of("l.project_id = :project", Map.of("project", id));
    }

    private static Condition named(Call call) {
        return call.query("name")
                .filter(name -> !name.isEmpty())
                .map(name -> Condition.of("position(lower(:name) IN lower(l.name)) > 0", Map.of("name", name)))
                .orElse(Condition.NONE);
    }

    /** A label as it is shown. */
    public static JsonNode shape(Label label) {
        @Nullable Long project = label.projectId();
        return new Shape()
                .number("id", label.id())
                .text("name", label.name())
                .text("description", label.description())
                .text("color", label.color())
                .text("scope", project == null ? SYSTEM : PROJECT)
                .number("project_id", project == null ? 0L : project.longValue())
                .time("creation_time", label.createdAt())
                .time("update_time", label.updatedAt())
                .build();
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.known(rights);
        Body body = Body.of(call);
        String name = name(body);
        String scope = body.text("scope").orElse("");
        if (!scope.equals(SYSTEM) && !scope.equals(PROJECT)) {
            throw new Failure.Invalid("invalid scope: " + scope);
        }
        @Nullable
        Long project = scope.equals(SYSTEM) ? null : body.number("project_id").orElse(0L);
        String description = body.text("description", LONGEST_TEXT);
        String color = body.text("color", LONGEST_COLOR);
        OptionalLong id = database.transact(handle -> {
            require(handle, rights, project, Action.CREATE);
            OptionalLong made = LabelStore.insert(handle, project, name, description, color, time.instant());
            made.ifPresent(label -> record(handle, call, rights, project, "create", name));
            return made;
        });
        if (id.isEmpty()) {
            throw taken(name);
        }
        return Shape.created("/api/v2.0/labels/" + id.getAsLong());
    }

    private static String name(Body body) {
        String name = body.text("name").orElse("").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new Failure.Invalid("the length of label name must be between 1 and " + LONGEST_NAME);
        }
        return name;
    }

    private static Failure.Conflict taken(String name) {
        return new Failure.Conflict("label " + name + " already exists");
    }

    private static void require(Handle handle, Rights rights, @Nullable Long project, Action action) {
        if (project == null) {
            Checks.system(rights, Resource.LABEL, action);
        } else {
            Checks.project(handle, project, rights, Resource.LABEL, action);
        }
    }

    private void record(
            Handle handle, Call call, Rights rights, @Nullable Long project, String operation, String name) {
        Instant now = time.instant();
        ActivityStore.insert(handle, Activity.of(now, rights.caller().name(), project, operation, "label", name));
        audit.record(handle, call, null, "registry.label." + operation + "d", name);
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        long id = Numbers.path(call, "label_id");
        return Shape.answer(shape(database.query(handle -> {
            Label label = find(handle, rights, id);
            if (label.projectId() != null) {
                require(handle, rights, label.projectId(), Action.READ);
            }
            return label;
        })));
    }

    /** The label with this number; whether the caller may see it is told by its project. */
    static Label find(Handle handle, Rights rights, long id) {
        Checks.known(rights);
        return LabelStore.find(handle, id).orElseThrow(() -> new Failure.NotFound("label " + id + " not found"));
    }

    /** {@code PUT} of one. */
    public Answer update(Call call, Rights rights) {
        long id = Numbers.path(call, "label_id");
        database.transact(handle -> {
            Label label = find(handle, rights, id);
            require(handle, rights, label.projectId(), Action.UPDATE);
            Body body = Body.of(call);
            Label changed = new Label(
                    id,
                    label.projectId(),
                    name(body),
                    body.text("description", LONGEST_TEXT),
                    body.text("color", LONGEST_COLOR),
                    label.createdAt(),
                    time.instant());
            if (!LabelStore.update(handle, changed)) {
                throw taken(changed.name());
            }
            record(handle, call, rights, label.projectId(), "update", changed.name());
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        long id = Numbers.path(call, "label_id");
        database.transact(handle -> {
            Label label = find(handle, rights, id);
            require(handle, rights, label.projectId(), Action.DELETE);
            LabelStore.delete(handle, id);
            record(handle, call, rights, label.projectId(), "delete", label.name());
            return true;
        });
        return Shape.done();
    }
}
