package dev.breakwater.registry.collection;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
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

/**
 * Collections as administrators see them: at most one at a time, with its history, log and progress (registry.md 3.3),
 * and the quiet one in the background. A run belongs to the installation and not to a node: when the node that works at
 * it ends, the next takes it up.
 */
public final class CollectionRuns implements Scheduled, AutoCloseable {

    private static final String KIND = "garbage-collection";

    private static final Logger log = LoggerFactory.getLogger(CollectionRuns.class);
    private static final Duration BACKGROUND = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofHours(6);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int KEPT = 1_000;

    private final Database database;
    private final TimeSource time;
    private final Collector collector;
    private final Turn turn;
    private final Background threads = new Background("collection");
    private volatile boolean closed;

    /** Runs this collector. */
    public CollectionRuns(Database database, TimeSource time, Collector collector) {
        this.database = database;
        this.time = time;
        this.collector = collector;
        this.turn = new Turn(database, "collection");
    }

    /** The recurring work. */
    public List<Jobs.Job> jobs() {
        return List.of(
                new Jobs.Job("registry-collection", BACKGROUND, () -> collector.collectDeleted(new Quiet())),
                new Jobs.Job("registry-collection-sweep", SWEEP, () -> collector.collectAll(false, 1, new Quiet())),
                new Jobs.Job("registry-collection-runs", LOOK, this::work));
    }

    /** Notes that a collection is to run, and gives its number; empty when one is going on. */
    public Optional<Long> request(Handle handle, String trigger, CollectionRun.Parameters parameters) {
        RunStore.keep(handle, KEPT);
        return RunStore.insert(handle, trigger, parameters, time.instant());
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** While a run is going on, another is not needed. */
    @Override
    public void due(Handle handle, Schedule schedule) {
        request(handle, CollectionRun.SCHEDULED, CollectionSchedule.of(schedule).parameters());
    }

    /** When collections are to run; empty when they are not scheduled. */
    public Optional<CollectionSchedule> schedule(Handle handle) {
        return ScheduleStore.find(handle, KIND, 0).map(CollectionSchedule::of);
    }

    /** Sets when collections are to run. */
    public void setSchedule(Handle handle, String type, Cron cron, CollectionRun.Parameters parameters) {
        ScheduleStore.set(handle, KIND, 0, cron, CollectionSchedule.text(type, parameters), time.instant());
    }

    /** Ends that collections are scheduled. */
    public void removeSchedule(Handle handle) {
        ScheduleStore.remove(handle, KIND, 0);
    }

    @Override
    public void begin() {
        threads.begin(this::work);
    }

    /** Asks a run to end soon. */
    public void stop(Handle handle, long id) {
        RunStore.stop(handle, id);
    }

    /** The run with this number. */
    public Optional<CollectionRun> find(Handle handle, long id) {
        return RunStore.find(handle, id);
    }

    /** The runs, newest first. */
    public List<CollectionRun> list(Handle handle, long offset, int limit) {
        return RunStore.list(handle, offset, limit);
    }

    /** How many runs there are. */
    public long count(Handle handle) {
        return RunStore.count(handle);
    }

    /** What a run told, line by line. */
    public String log(Handle handle, long id) {
        return RunStore.lines(handle, id).stream()
                .map(line -> WireTime.text(line.at()) + " [INFO] " + line.line() + "\n")
                .collect(Collectors.joining());
    }

    private void work() {
        turn.takeWhile(
                () -> !closed && database.query(RunStore::isAny),
                () -> database.transact(handle -> RunStore.take(handle, time.instant()))
                        .ifPresent(this::run));
    }

    private void run(CollectionRun run) {
        Following following = new Following(run);
        String status;
        try {
            following.log("%s of everything that nothing refers to%s, workers: %d"
                    .formatted(
                            run.dryRun() ? "dry run" : "collection",
                            run.deleteUntagged() ? ", untagged artifacts included" : "",
                            run.workers()));
            if (following.flush()) {
                if (run.dryRun()) {
                    collector.foresee(run.id(), run.deleteUntagged(), following);
                } else {
                    collector.collectAll(run.deleteUntagged(), run.workers(), following);
                }
            }
            boolean goesOn = following.flush();
            status = closed ? CollectionRun.PENDING : goesOn ? CollectionRun.SUCCESS : CollectionRun.STOPPED;
        } catch (RuntimeException e) {
            log.error("Collection {} failed", run.id(), e);
            status = CollectionRun.ERROR;
        }
        following.end(status);
    }

    /** Runs that were going on are left to other nodes, or to the next start. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }

    /** The collection in the background: nobody follows it, it only ends with the node. */
    private final class Quiet implements Progress {
        @Override
        public void freed(Freed freed) {
            log.debug("Freed {}", freed);
        }

        @Override
        public void log(String line) {
            log.debug("Collection in the background: {}", line);
        }

        @Override
        public boolean goesOn() {
            return !closed;
        }
    }

    /** Writes down what a run does, a few times a second. */
    private final class Following implements Progress {

        private static final long OFTEN = 250_000_000;

        private final CollectionRun run;
        private Freed unwritten = Freed.NOTHING;
        private long writtenAt = System.nanoTime();
        private boolean goesOn = true;

        Following(CollectionRun run) {
            this.run = run;
        }

        @Override
        public synchronized void freed(Freed freed) {
            unwritten = unwritten.plus(freed);
        }

        @Override
        public void log(String line) {
            database.query(handle -> {
                RunStore.log(handle, run.id(), line, time.instant());
                return true;
            });
        }

        @Override
        public synchronized boolean goesOn() {
            return System.nanoTime() - writtenAt < OFTEN ? goesOn && !closed : flush();
        }

        synchronized boolean flush() {
            goesOn = database.query(handle -> RunStore.progress(handle, run.id(), unwritten, time.instant()));
            unwritten = Freed.NOTHING;
            writtenAt = System.nanoTime();
            return goesOn && !closed;
        }

        void end(String status) {
            database.transact(handle -> {
                CollectionRun ended = RunStore.find(handle, run.id()).orElse(run);
                RunStore.log(
                        handle,
                        run.id(),
                        "%s: %d artifacts and %d blobs %s, %d bytes"
                                .formatted(
                                        status,
                                        ended.manifests(),
                                        ended.blobs(),
                                        run.dryRun() ? "would be freed" : "freed",
                                        ended.bytes()),
                        time.instant());
                RunStore.setStatus(handle, run.id(), status, time.instant());
                return true;
            });
        }
    }
}
