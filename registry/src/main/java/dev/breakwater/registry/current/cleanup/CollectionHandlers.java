package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.collection.CollectionRun;
import dev.breakwater.registry.collection.CollectionRuns;
import dev.breakwater.registry.collection.CollectionSchedule;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.schedule.Cron;
import dev.breakwater.tenancy.Audit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /system/gc}: collections, their history and their schedule (registry.md 3.4, 3.6). */
final class CollectionHandlers {

    private static final String JOB = "GARBAGE_COLLECTION";
    private static final String MANUAL = "Manual";
    private static final String NONE = "None";
    private static final Map<String, String> USUAL =
            Map.of("Hourly", "0 0 * * * *", "Daily", "0 0 0 * * *", "Weekly", "0 0 0 * * 0");
    private static final String CUSTOM = "Custom";
    private static final int MOST_WORKERS = 10;

    private final Database database;
    private final CollectionRuns collections;
    private final Audit audit;

    CollectionHandlers(Database database, CollectionRuns collections, Audit audit) {
        this.database = database;
        this.collections = collections;
        this.audit = audit;
    }

    /** {@code GET}: the history. */
    public Answer list(Call call, Rights rights) {
        Checks.system(rights, Resource.GARBAGE_COLLECTION, Action.LIST);
        Page page = Page.of(call);
        return database.query(handle -> {
            List<CollectionRun> runs = collections.list(handle, page.offset(), page.size());
            return page.answer(call, Shape.each(runs, CollectionHandlers::shape), collections.count(handle));
        });
    }

    private static JsonNode shape(CollectionRun run) {
        return new Shape()
                .number("id", run.id())
                .text("job_name", JOB)
                .text("job_kind", run.trigger())
                .text("job_parameters", parameters(run))
                .text("job_status", run.status())
                .node("schedule", new Shape().text("type", run.trigger()).build())
                .truth("deleted", false)
                .time("creation_time", run.createdAt())
                .time("update_time", run.updatedAt())
                .build();
    }

    /** How it runs, and what it has freed so far, as a JSON object in a text. */
    private static String parameters(CollectionRun run) {
        return write(new CollectionRun.Parameters(run.deleteUntagged(), run.dryRun(), run.workers()))
                .put("freed_blobs", run.blobs())
                .put("freed_manifests", run.manifests())
                .put("freed_space", run.bytes())
                .toString();
    }

    private static ObjectNode write(CollectionRun.Parameters parameters) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("delete_untagged", parameters.deleteUntagged())
                .put("dry_run", parameters.dryRun())
                .put("workers", parameters.workers());
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Checks.system(rights, Resource.GARBAGE_COLLECTION, Action.READ);
        long id = Numbers.path(call, "gc_id");
        return Shape.answer(shape(database.query(handle -> find(handle, id))));
    }

    private CollectionRun find(Handle handle, long id) {
        return collections
                .find(handle, id)
                .orElseThrow(() -> new Failure.NotFound("garbage collection " + id + " not found"));
    }

    /** {@code PUT} of one: stop it. */
    public Answer stop(Call call, Rights rights) {
        Checks.system(rights, Resource.GARBAGE_COLLECTION, Action.STOP);
        long id = Numbers.path(call, "gc_id");
        database.transact(handle -> {
            find(handle, id);
            collections.stop(handle, id);
            audit.record(handle, call, null, "registry.collection.stopped", Long.toString(id));
            return true;
        });
        return Shape.done();
    }

    /** {@code GET} of the log. */
    public Answer log(Call call, Rights rights) {
        Checks.system(rights, Resource.GARBAGE_COLLECTION, Action.READ);
        long id = Numbers.path(call, "gc_id");
        String log = database.query(handle -> {
            if (collections.find(handle, id).isEmpty()) {
                throw new Failure.NotFound("garbage collection " + id + " log is not found");
            }
            return collections.log(handle, id);
        });
        return Answer.of(200, "text/plain; charset=utf-8", log.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code GET /schedule}. */
    public Answer readSchedule(Call call, Rights rights) {
        Checks.system(rights, Resource.GARBAGE_COLLECTION, Action.READ);
        return database.query(collections::schedule)
                .map(schedule -> new Shape()
                        .text("job_name", JOB)
                        .text("job_kind", CollectionRun.SCHEDULED)
                        .text("job_parameters", write(schedule.parameters()).toString())
                        .text("job_status", "Scheduled")
                        .node("schedule", times(schedule))
                        .truth("deleted", false)
                        .time("creation_time", schedule.updatedAt())
                        .time("update_time", schedule.updatedAt())
                        .answer())
                .orElseGet(() -> new Shape().answer());
    }

    private static JsonNode times(CollectionSchedule schedule) {
        return new Shape()
                .text("type", schedule.type())
                .text("cron", schedule.cron())
                .time("next_scheduled_time", schedule.nextAt())
                .build();
    }

    /** {@code POST /schedule}: run now, or from time to time. */
    public Answer createSchedule(Call call, Rights rights) {
        Checks.system(rights, Resource.GARBAGE_COLLECTION, Action.CREATE);
        return set(call, true);
    }

    /** {@code PUT /schedule}. */
    public Answer updateSchedule(Call call, Rights rights) {
        Checks.system(rights, Resource.GARBAGE_COLLECTION, Action.UPDATE);
        return set(call, false);
    }

    private Answer set(Call call, boolean isNew) {
        Body body = Body.of(call);
        Body schedule = body.object("schedule").orElseThrow(() -> new Failure.Invalid("schedule is required"));
        CollectionRun.Parameters parameters = parameters(body.object("parameters"));
        String type = schedule.text("type").orElse("");
        if (type.equals(MANUAL)) {
            long id = run(call, parameters);
            return isNew ? Shape.created("/api/v2.0/system/gc/" + id) : Shape.done();
        }
        @Nullable
        Cron cron = type.equals(NONE) ? null : cron(type, schedule.text("cron").orElse(""));
        database.transact(handle -> {
            if (isNew && collections.schedule(handle).isPresent()) {
                throw new Failure.Conflict("garbage collection is scheduled already, use PUT to change it");
            }
            if (cron == null) {
                collections.removeSchedule(handle);
            } else {
                collections.setSchedule(handle, type, cron, parameters);
            }
            audit.record(handle, call, null, "registry.collection.scheduled", type);
            return true;
        });
        return isNew ? Shape.created("/api/v2.0/system/gc/schedule") : Shape.done();
    }

    private long run(Call call, CollectionRun.Parameters parameters) {
        long id = database.transact(handle -> {
            long run = collections
                    .request(handle, CollectionRun.MANUAL, parameters)
                    .orElseThrow(() -> new Failure.Conflict("a garbage collection is running already"));
            audit.record(handle, call, null, "registry.collection.started", Long.toString(run));
            return run;
        });
        collections.begin();
        return id;
    }

    private static CollectionRun.Parameters parameters(Optional<Body> sent) {
        long workers = sent.flatMap(body -> body.number("workers")).orElse(1L);
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new Failure.Invalid(
                    "Error: Invalid number of workers:%d. Workers must be greater than 0 and less than or equal to %d."
                            .formatted(workers, MOST_WORKERS));
        }
        return new CollectionRun.Parameters(
                sent.flatMap(body -> body.truth("delete_untagged")).orElse(false),
                sent.flatMap(body -> body.truth("dry_run")).orElse(false),
                (int) workers);
    }

    private static Cron cron(String type, String sent) {
        @Nullable String usual = USUAL.get(type);
        if (usual == null && !type.equals(CUSTOM)) {
            throw new Failure.Invalid("invalid schedule type: " + type);
        }
        String text = usual != null && sent.isEmpty() ? usual : sent;
        try {
            return Cron.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid(
                    "invalid cron string for scheduled gc: %s, error: %s".formatted(text, e.getMessage()));
        }
    }
}
