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
import dev.breakwater.registry.purge.Purge;
import dev.breakwater.registry.purge.PurgeSchedule;
import dev.breakwater.registry.purge.Purges;
import dev.breakwater.registry.schedule.Cron;
import dev.breakwater.tenancy.Audit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** {@code /system/purgeaudit} (registry.md 3.4, 3.6). */
public final class PurgeHandlers {

    private static final String JOB = "PURGE_AUDIT_LOG";
    private static final String PATH = "/api/v2.0/system/purgeaudit/";
    private static final long LONGEST_RETENTION = 876_000;
    private static final int LONGEST_TYPES = 4_096;
    /** What the short names of schedules mean when no other time is given. */
    private static final Map<String, String> USUAL =
            Map.of("Hourly", "0 0 * * * *", "Daily", "0 0 0 * * *", "Weekly", "0 0 0 * * 0", "Custom", "");

    private final Database database;
    private final Purges purges;
    private final Audit audit;

    /** Answers with what these know. */
    public PurgeHandlers(Database database, Purges purges, Audit audit) {
        this.database = database;
        this.purges = purges;
        this.audit = audit;
    }

    /** {@code GET}: the purges there were. */
    public Answer list(Call call, Rights rights) {
        Checks.system(rights, Resource.PURGE_AUDIT, Action.LIST);
        Page page = Page.of(call);
        return database.query(handle -> page.answer(
                call,
                Shape.each(purges.list(handle, page.offset(), page.size()), PurgeHandlers::shape),
                purges.count(handle)));
    }

    private static JsonNode shape(Purge purge) {
        return new Shape()
                .number("id", purge.id())
                .text("job_name", JOB)
                .text("job_kind", purge.trigger())
                .text("job_parameters", purge.parameters().json().toString())
                .text("job_status", purge.status())
                .truth("deleted", false)
                .node("schedule", new Shape().text("type", purge.trigger()).build())
                .time("creation_time", purge.createdAt())
                .time("update_time", purge.updatedAt())
                .build();
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Checks.system(rights, Resource.PURGE_AUDIT, Action.READ);
        return Shape.answer(shape(find(call)));
    }

    private Purge find(Call call) {
        long id = Numbers.path(call, "purge_id");
        return database.query(handle -> purges.find(handle, id))
                .orElseThrow(() -> new Failure.NotFound("purge audit " + id + " not found"));
    }

    /** {@code PUT} of one: it ends soon. */
    public Answer stop(Call call, Rights rights) {
        Checks.system(rights, Resource.PURGE_AUDIT, Action.STOP);
        Purge purge = find(call);
        database.query(handle -> {
            purges.stop(handle, purge.id());
            return true;
        });
        return Shape.done();
    }

    /** {@code GET …/log}. */
    public Answer log(Call call, Rights rights) {
        Checks.system(rights, Resource.PURGE_AUDIT, Action.READ);
        return Answer.of(
                200, "text/plain; charset=utf-8", purges.log(find(call)).getBytes(StandardCharsets.UTF_8));
    }

    /** {@code GET …/schedule}: an empty object while there is none. */
    public Answer schedule(Call call, Rights rights) {
        Checks.system(rights, Resource.PURGE_AUDIT, Action.READ);
        Optional<PurgeSchedule> schedule = database.query(purges::schedule);
        return schedule.map(PurgeHandlers::shape).map(Shape::answer).orElseGet(() -> new Shape().answer());
    }

    private static JsonNode shape(PurgeSchedule schedule) {
        return new Shape()
                .text("job_name", JOB)
                .text("job_kind", Purge.SCHEDULED)
                .text("job_parameters", schedule.parameters().json().toString())
                .text("job_status", "Scheduled")
                .truth("deleted", false)
                .node(
                        "schedule",
                        new Shape()
                                .text("type", schedule.type())
                                .text("cron", schedule.cron())
                                .time("next_scheduled_time", schedule.nextAt())
                                .build())
                .time("creation_time", schedule.updatedAt())
                .time("update_time", schedule.updatedAt())
                .build();
    }

    /** {@code POST …/schedule}: a purge now, or a schedule where there is none. */
    public Answer create(Call call, Rights rights) {
        Checks.system(rights, Resource.PURGE_AUDIT, Action.CREATE);
        Wish wish = Wish.of(Body.of(call));
        String location = database.transact(handle -> {
            if (!wish.isManual() && purges.schedule(handle).isPresent()) {
                throw new Failure.Precondition(
                        "fail to set schedule for purge audit as already set, please delete firstly to re-schedule");
            }
            return carryOut(handle, call, wish);
        });
        purges.begin();
        return Shape.created(location);
    }

    /** {@code PUT …/schedule}: another schedule, or none. */
    public Answer update(Call call, Rights rights) {
        Checks.system(rights, Resource.PURGE_AUDIT, Action.UPDATE);
        Wish wish = Wish.of(Body.of(call));
        database.transact(handle -> carryOut(handle, call, wish));
        purges.begin();
        return Shape.done();
    }

    private String carryOut(Handle handle, Call call, Wish wish) {
        audit.record(handle, call, null, "registry.purge." + (wish.isManual() ? "started" : "scheduled"), wish.type());
        if (wish.isManual()) {
            return PATH + purges.request(handle, Purge.MANUAL, wish.parameters());
        }
        if (wish.cron().isPresent()) {
            purges.setSchedule(handle, wish.type(), wish.cron().get(), wish.parameters());
        } else {
            purges.removeSchedule(handle);
        }
        return PATH + "schedule";
    }

    /**
     * What a body asks for.
     *
     * @param cron empty for a purge now, and for no schedule
     */
    private record Wish(String type, Optional<Cron> cron, Purge.Parameters parameters) {

        private static final String MANUAL = "Manual";
        private static final String NONE = "None";

        boolean isManual() {
            return type.equals(MANUAL);
        }

        static Wish of(Body body) {
            Body schedule = body.object("schedule").orElseThrow(() -> new Failure.Invalid("schedule should provide"));
            String type = schedule.text("type").orElse("");
            if (type.equals(NONE)) {
                return new Wish(type, Optional.empty(), new Purge.Parameters(0, "", false));
            }
            Purge.Parameters parameters = parameters(body);
            return type.equals(MANUAL)
                    ? new Wish(type, Optional.empty(), parameters)
                    : new Wish(type, Optional.of(cron(type, schedule)), parameters);
        }

        private static Cron cron(String type, Body schedule) {
            if (!USUAL.containsKey(type)) {
                throw new Failure.Invalid("invalid schedule type: " + type);
            }
            String text =
                    schedule.text("cron").filter(given -> !given.isEmpty()).orElse(USUAL.getOrDefault(type, ""));
            try {
                return Cron.parse(text);
            } catch (IllegalArgumentException e) {
                throw new Failure.Invalid(
                        "invalid cron string for scheduled log rotation purge: " + text + ", error: " + e.getMessage());
            }
        }

        private static Purge.Parameters parameters(Body body) {
            Optional<Body> sent = body.object("parameters");
            long hours = sent.flatMap(parameters -> parameters.number("audit_retention_hour"))
                    .orElseThrow(() -> new Failure.Invalid("audit_retention_hour should provide"));
            String types = sent.flatMap(parameters -> parameters.text("include_event_types"))
                    .filter(text -> !text.isBlank())
                    .orElseThrow(() -> new Failure.Invalid("include_event_types should provide"));
            if (hours < 0 || hours > LONGEST_RETENTION) {
                throw new Failure.Invalid("audit_retention_hour should be between 0 and " + LONGEST_RETENTION);
            }
            if (types.length() > LONGEST_TYPES) {
                throw new Failure.Invalid("include_event_types is too long");
            }
            List<String> each = Arrays.asList(types.split(",", -1));
            return new Purge.Parameters(
                    hours,
                    each.stream().map(String::strip).distinct().collect(Collectors.joining(",")),
                    sent.flatMap(parameters -> parameters.truth("dry_run")).orElse(false));
        }
    }
}
