package dev.breakwater.registry.run;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.schedule.Background;
import dev.breakwater.registry.schedule.Cron;
import dev.breakwater.registry.schedule.Schedule;
import dev.breakwater.registry.schedule.ScheduleStore;
import dev.breakwater.registry.schedule.Scheduled;
import dev.breakwater.registry.schedule.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The runs of one kind as administrators see them: one after the other, each with its log and progress, and the
 * schedule by which they come (registry.md 3.3, 3.6). A run belongs to the installation and not to a node: when the node
 * that works at it ends, the next takes it up. The last thousand are kept.
 */
public final class Runs<P> implements Scheduled, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int KEPT = 1_000;
    private static final String TYPE = "type";
    private static final String PARAMETERS = "parameters";

    private final Database database;
    private final TimeSource time;
    private final Work<P> work;
    private final RunStore<P> store;
    private final Turn turn;
    private final Background threads;
    private volatile boolean closed;

    /** Runs that do this work. */
    public Runs(Database database, TimeSource time, Work<P> work) {
        this.database = database;
        this.time = time;
        this.work = work;
        store = new RunStore<>(work.kind(), work.parameters());
        turn = new Turn(database, work.kind());
        threads = new Background(work.kind());
    }

    /** The recurring work. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-" + work.kind(), LOOK, this::takeUp);
    }

    /** Notes that a run is wanted, and gives its number; empty when it would be alone and another is going on. */
    public Optional<Long> request(Handle handle, String trigger, P parameters) {
        store.keep(handle, KEPT);
        return store.insert(handle, work.isAlone(), trigger, parameters, time.instant());
    }

    @Override
    public String kind() {
        return work.kind();
    }

    /** While a run is going on that is to be alone, another is not needed. */
    @Override
    public void due(Handle handle, Schedule schedule) {
        request(handle, Run.SCHEDULED, read(schedule).parameters());
    }

    /** When runs come by themselves; empty when they are not scheduled. */
    public Optional<RunSchedule<P>> schedule(Handle handle) {
        return ScheduleStore.find(handle, kind(), 0).map(this::read);
    }

    private RunSchedule<P> read(Schedule schedule) {
        JsonNode kept = Json.mapper().readTree(schedule.parameters());
        return new RunSchedule<>(
                kept.path(TYPE).asString(),
                schedule.cron(),
                schedule.nextAt(),
                schedule.updatedAt(),
                Json.mapper().treeToValue(kept.get(PARAMETERS), work.parameters()));
    }

    /** Sets when runs come by themselves. */
    public void setSchedule(Handle handle, String type, Cron cron, P parameters) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode().put(TYPE, type);
        kept.set(PARAMETERS, Json.mapper().valueToTree(parameters));
        ScheduleStore.set(handle, kind(), 0, cron, kept.toString(), time.instant());
    }

    /** Ends that runs come by themselves. */
    public void removeSchedule(Handle handle) {
        ScheduleStore.remove(handle, kind(), 0);
    }

    @Override
    public void begin() {
        threads.begin(this::takeUp);
    }

    /** Asks a run to end soon. */
    public void stop(Handle handle, long id) {
        store.stop(handle, id);
    }

    /** The run with this number. */
    public Optional<Run<P>> find(Handle handle, long id) {
        return store.find(handle, id);
    }

    /** The runs, newest first. */
    public List<Run<P>> list(Handle handle, long offset, int limit) {
        return store.list(handle, Long.MAX_VALUE, offset, limit);
    }

    /** The runs with a lower number, newest first. */
    public List<Run<P>> listBefore(Handle handle, long before, int limit) {
        return store.list(handle, before, 0, limit);
    }

    /** How many runs there are. */
    public long count(Handle handle) {
        return store.count(handle);
    }

    /** What a run told, line by line. */
    public String log(Handle handle, Run<P> run) {
        return RunStore.lines(handle, run.id()).stream()
                .map(line -> WireTime.text(line.at()) + " [INFO] " + line.line() + "\n")
                .collect(Collectors.joining());
    }

    private void takeUp() {
        turn.takeWhile(() -> !closed && database.query(store::isAny), () -> {
            Optional<Run<P>> next = take();
            while (next.isPresent()) {
                run(next.get());
                next = take();
            }
        });
    }

    private Optional<Run<P>> take() {
        return closed ? Optional.empty() : database.transact(handle -> store.take(handle, time.instant()));
    }

    private void run(Run<P> run) {
        Journal journal = new Journal(database, time, run.id(), () -> closed);
        String status;
        try {
            if (journal.write()) {
                work.run(run, journal);
            }
            boolean goesOn = journal.write();
            status = closed ? Run.PENDING : goesOn ? Run.SUCCESS : Run.STOPPED;
        } catch (RuntimeException e) {
            log.error("{} {} failed", work.kind(), run.id(), e);
            status = Run.ERROR;
        }
        end(run, status);
    }

    private void end(Run<P> run, String status) {
        database.transact(handle -> {
            String outcome = work.outcome(store.find(handle, run.id()).orElse(run));
            RunStore.log(handle, run.id(), status + ": " + outcome, time.instant());
            RunStore.setStatus(handle, run.id(), status, time.instant());
            return true;
        });
    }

    /** Runs that were going on are left to other nodes, or to the next start. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
