package dev.breakwater.registry.current.audit;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Grant;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.EventType;
import dev.breakwater.registry.activity.LogEntry;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.project.ProjectRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** {@code /audit-logs}, {@code /auditlog-exts} and the logs of projects (registry.md 3.4). */
public final class AuditLogHandlers {

    private final Database database;

    /** Answers with what these know. */
    public AuditLogHandlers(Database database) {
        this.database = database;
    }

    /** {@code GET /audit-logs}: the older form. */
    public Answer list(Call call, Rights rights) {
        return list(call, handle -> visible(rights), AuditLogHandlers::older);
    }

    /** {@code GET /auditlog-exts}. */
    public Answer listExtended(Call call, Rights rights) {
        return list(call, handle -> visible(rights), AuditLogHandlers::extended);
    }

    /** {@code GET /projects/{project_name}/logs}: the older form. */
    public Answer ofProject(Call call, Rights rights) {
        return list(call, handle -> ofProject(handle, call, rights), AuditLogHandlers::older);
    }

    /** {@code GET /projects/{project_name}/auditlog-exts}. */
    public Answer ofProjectExtended(Call call, Rights rights) {
        return list(call, handle -> ofProject(handle, call, rights), AuditLogHandlers::extended);
    }

    /** {@code GET /auditlog-exts/events}. */
    public Answer eventTypes(Call call, Rights rights) {
        Checks.known(rights);
        return Shape.answer(Shape.list(Shape.each(
                List.of(EventType.values()),
                type -> new Shape().text("event_type", type.label()).build())));
    }

    private Answer list(Call call, Function<Handle, Condition> scope, Function<LogEntry, JsonNode> shape) {
        Page page = Page.of(call);
        Condition asked = AuditLogStore.COLUMNS.condition(Lists.query(call));
        String order = AuditLogStore.COLUMNS.order(Lists.sort(call), "a.at DESC");
        return database.query(handle -> {
            Condition condition = scope.apply(handle).and(asked);
            List<LogEntry> entries = AuditLogStore.list(handle, condition, order, page);
            return page.answer(call, Shape.each(entries, shape), AuditLogStore.count(handle, condition));
        });
    }

    private static Condition ofProject(Handle handle, Call call, Rights rights) {
        return Condition.of(
                "a.project_id = :project",
                Map.of(
                        "project",
                        Checks.namedProject(handle, call, rights, Resource.LOG, Action.LIST)
                                .id()));
    }

    /** Everything for who may see that, else what concerns the projects whose log the caller may see. */
    private static Condition visible(Rights rights) {
        Checks.known(rights);
        if (rights.allowsInSystem(Resource.AUDIT_LOG, Action.LIST)) {
            return Condition.NONE;
        }
        return switch (rights.caller()) {
            case Caller.Person person ->
                Condition.of(
                        "EXISTS (SELECT FROM registry.member s WHERE s.project_id = a.project_id"
                                + " AND s.user_id = :log_member AND s.role = :log_role)",
                        Map.of("log_member", person.profile().id(), "log_role", ProjectRole.PROJECT_ADMIN.number()));
            case Caller.Machine machine -> ofRobot(machine);
            case Caller.Anonymous nobody -> throw Checks.unauthorized();
        };
    }

    private static Condition ofRobot(Caller.Machine machine) {
        Permission log = new Permission(Resource.LOG, Action.LIST);
        Map<String, Object> values = new HashMap<>();
        values.put(
                "log_projects",
                machine.robot().grants().stream()
                        .filter(grant -> grant.allows(grant.namespace(), log))
                        .map(Grant::namespace)
                        .toList());
        return Condition.of(
                "EXISTS (SELECT FROM registry.project p WHERE p.id = a.project_id"
                        + " AND (p.name = ANY (:log_projects) OR '*' = ANY (:log_projects)))",
                values);
    }

    private static JsonNode older(LogEntry entry) {
        return shape(entry).build();
    }

    private static JsonNode extended(LogEntry entry) {
        return shape(entry)
                .text("operation_description", entry.description())
                .truth("operation_result", entry.succeeded())
                .build();
    }

    private static Shape shape(LogEntry entry) {
        return new Shape()
                .number("id", entry.id())
                .text("username", entry.username())
                .text("resource", entry.resource())
                .text("resource_type", entry.resourceType())
                .text("operation", entry.operation())
                .time("op_time", entry.at());
    }
}
