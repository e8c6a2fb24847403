package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.run.Run;
import dev.breakwater.registry.run.RunSchedule;
import dev.breakwater.registry.run.Runs;
import dev.breakwater.registry.schedule.Cron;
import dev.breakwater.tenancy.Audit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The runs of one kind: their history, their logs and their schedule (registry.md 3.4, 3.6). */
final class RunHandlers<P> {

    private static final String MANUAL = "Manual";
    private static final String NONE = "None";
    /** What the short names of schedules mean when no other time is given. */
    private static final Map<String, String> USUAL =
            Map.of("Hourly", "0 0 * * * *", "Daily", "0 0 0 * * *", "Weekly", "0 0 0 * * 0", "Custom", "");

    private final Database database;
    private final Runs<P> runs;
    private final RunKind<P> kind;
    private final Audit audit;

    RunHandlers(Database database, Runs<P> runs, RunKind<P> kind, Audit audit) {
        this.database = database;
        this.runs = runs;
        this.kind = kind;
        this.audit = audit;
    }

    /** Adds the routes; {@code id} is the name of the number in the document. */
    void addTo(Routes routes, String id) {
        String schedule = kind.path() + "/schedule";
        String one = kind.path() + "/{" + id + "}";
        routes.add("GET", kind.path(), this::list)
                .add("GET", schedule, this::readSchedule)
                .addAlways("POST", schedule, this::createSchedule)
                .addAlways("PUT", schedule, this::updateSchedule)
                .add("GET", one, (call, rights) -> read(call, rights, id))
                .addAlways("PUT", one, (call, rights) -> stop(call, rights, id))
                .add("GET", one + "/log", (call, rights) -> log(call, rights, id));
    }

    private Answer list(Call call, Rights rights) {
        Checks.system(rights, kind.resource(), Action.LIST);
        Page page = Page.of(call);
        return database.query(handle -> {
            List<Run<P>> some = runs.list(handle, page.offset(), page.size());
            return page.answer(call, Shape.each(some, this::shape), runs.count(handle));
        });
    }

    private JsonNode shape(Run<P> run) {
        return new Shape()
                .number("id", run.id())
                .text("job_name", kind.job())
                .text("job_kind", run.trigger())
                .text("job_parameters", kind.show(run).toString())
                .text("job_status", run.status())
                .node("schedule", new Shape().text("type", run.trigger()).build())
                .truth("deleted", false)
                .time("creation_time", run.createdAt())
                .time("update_time", run.updatedAt())
                .build();
    }

    private Answer read(Call call, Rights rights, String name) {
        Checks.system(rights, kind.resource(), Action.READ);
        long id = Numbers.path(call, name);
        return Shape.answer(shape(database.query(handle -> find(handle, id))));
    }

    private Run<P> find(Handle handle, long id) {
        return runs.find(handle, id).orElseThrow(() -> new Failure.NotFound(kind.name() + " " + id + " not found"));
    }

    private Answer stop(Call call, Rights rights, String name) {
        Checks.system(rights, kind.resource(), Action.STOP);
        long id = Numbers.path(call, name);
        database.transact(handle -> {
            find(handle, id);
            runs.stop(handle, id);
            audit.record(handle, call, null, kind.audited() + ".stopped", Long.toString(id));
            return true;
        });
        return Shape.done();
    }

    private Answer log(Call call, Rights rights, String name) {
        Checks.system(rights, kind.resource(), Action.READ);
        long id = Numbers.path(call, name);
        String log = database.query(handle -> runs.find(handle, id)
                .map(run -> runs.log(handle, run))
                .orElseThrow(() -> new Failure.NotFound(kind.name() + " " + id + " log is not found")));
        return Answer.of(200, "text/plain; charset=utf-8", log.getBytes(StandardCharsets.UTF_8));
    }

    /** An empty object while there is no schedule. */
    private Answer readSchedule(Call call, Rights rights) {
        Checks.system(rights, kind.resource(), Action.READ);
        return database.query(runs::schedule)
                .map(this::show)
                .orElseGet(Shape::new)
                .answer();
    }

    private Shape show(RunSchedule<P> schedule) {
        return new Shape()
                .text("job_name", kind.job())
                .text("job_kind", Run.SCHEDULED)
                .text("job_parameters", kind.show(schedule.parameters()).toString())
                .text("job_status", "Scheduled")
                .node(
                        "schedule",
                        new Shape()
                                .text("type", schedule.type())
                                .text("cron", schedule.cron())
                                .time("next_scheduled_time", schedule.nextAt())
                                .build())
                .truth("deleted", false)
                .time("creation_time", schedule.updatedAt())
                .time("update_time", schedule.updatedAt());
    }

    /** Run now, or from time to time where that is not so yet. */
    private Answer createSchedule(Call call, Rights rights) {
        Checks.system(rights, kind.resource(), Action.CREATE);
        return Shape.created(kind.path() + "/" + carryOut(call, true));
    }

    /** Run now, from time to time, or not any more. */
    private Answer updateSchedule(Call call, Rights rights) {
        Checks.system(rights, kind.resource(), Action.UPDATE);
        carryOut(call, false);
        return Shape.done();
    }

    /** What was made, as the last part of its path. */
    private String carryOut(Call call, boolean isNew) {
        Body body = Body.of(call);
        Body schedule = body.object("schedule").orElseThrow(() -> new Failure.Invalid("schedule is required"));
        String type = schedule.text("type").orElse("");
        if (type.equals(MANUAL)) {
            return Long.toString(run(call, kind.parameters(body)));
        }
        Optional<Cron> cron = type.equals(NONE) ? Optional.empty() : Optional.of(cron(type, schedule));
        Optional<P> parameters = cron.map(times -> kind.parameters(body));
        database.transact(handle -> {
            if (isNew && runs.schedule(handle).isPresent()) {
                throw kind.secondSchedule();
            }
            cron.ifPresentOrElse(
                    times -> runs.setSchedule(handle, type, times, parameters.orElseThrow()),
                    () -> runs.removeSchedule(handle));
            audit.record(handle, call, null, kind.audited() + ".scheduled", type);
            return true;
        });
        return "schedule";
    }

    private long run(Call call, P parameters) {
        long id = database.transact(handle -> {
            long run = runs.request(handle, Run.MANUAL, parameters)
                    .orElseThrow(() -> new Failure.Conflict("a " + kind.name() + " is running already"));
            audit.record(handle, call, null, kind.audited() + ".started", Long.toString(run));
            return run;
        });
        runs.begin();
        return id;
    }

    private Cron cron(String type, Body schedule) {
        if (!USUAL.containsKey(type)) {
            throw new Failure.Invalid("invalid schedule type: " + type);
        }
        String text = schedule.text("cron").filter(sent -> !sent.isEmpty()).orElse(USUAL.getOrDefault(type, ""));
        try {
            return Cron.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid("invalid cron string for scheduled %s: %s, error: %s"
                    .formatted(kind.scheduled(), text, e.getMessage()));
        }
    }
}
