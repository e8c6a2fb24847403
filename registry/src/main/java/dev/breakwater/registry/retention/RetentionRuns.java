package dev.breakwater.registry.retention;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.schedule.Background;
import dev.breakwater.registry.schedule.Schedule;
import dev.breakwater.registry.schedule.Scheduled;
import dev.breakwater.registry.schedule.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries policies out, one repository after the other (registry.md 3.3). A dry run decides exactly as a real one and
 * removes nothing. What is removed can be brought back like everything that somebody removes. When the node ends, the
 * next goes on with the repository that it was at.
 */
public final class RetentionRuns implements Scheduled, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RetentionRuns.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final String USERNAME = "retention";
    private static final String UNWANTED = "no rule keeps it";
    private static final int AT_ONCE = 500;

    private final Database database;
    private final TimeSource time;
    private final Removals removals;
    private final ImmutableRules immutable;
    private final Turn turn;
    private final Background threads = new Background("retention");
    private volatile boolean closed;

    /** Removes through the same service as everybody. */
    public RetentionRuns(Database database, TimeSource time, Removals removals, ImmutableRules immutable) {
        this.database = database;
        this.time = time;
        this.removals = removals;
        this.immutable = immutable;
        turn = new Turn(database, "retention");
    }

    /** The recurring work. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-retention", LOOK, this::work);
    }

    @Override
    public String kind() {
        return Retentions.KIND;
    }

    @Override
    public void due(Handle handle, Schedule schedule) {
        RetentionStore.find(handle, schedule.reference())
                .ifPresent(policy -> request(handle, policy, false, RetentionExecution.SCHEDULED));
    }

    /** Notes that a policy is to be carried out, and gives the number of the execution. */
    public long request(Handle handle, RetentionPolicy policy, boolean dryRun, String trigger) {
        Instant now = time.instant();
        long execution = RetentionStore.begin(handle, policy.id(), dryRun, trigger, now);
        for (RetentionStore.Repository repository : RetentionStore.repositories(handle, policy.projectId())) {
            String name = repository.name().substring(repository.name().indexOf('/') + 1);
            if (policy.rules().stream().anyMatch(rule -> rule.concerns(name))) {
                RetentionStore.addTask(handle, execution, repository.id(), name, now);
            }
        }
        return execution;
    }

    @Override
    public void begin() {
        threads.begin(this::work);
    }

    /** Asks an execution to end soon. */
    public void stop(Handle handle, RetentionExecution execution) {
        RetentionStore.stop(handle, execution.id());
    }

    /** An execution of a policy. */
    public Optional<RetentionExecution> find(Handle handle, long policy, long id) {
        return RetentionStore.findExecution(handle, policy, id);
    }

    /** The executions of a policy, newest first. */
    public List<RetentionExecution> list(Handle handle, long policy, long offset, int limit) {
        return RetentionStore.executions(handle, policy, offset, limit);
    }

    /**
     * How far the executions of a policy have come, newest first.
     *
     * @param before only those with a lower number
     */
    public List<RetentionOutline> outlines(Handle handle, long policy, long before, int limit) {
        return RetentionStore.outlines(handle, policy, before, limit);
    }

    /** How far an execution of a policy has come. */
    public Optional<RetentionOutline> outline(Handle handle, long policy, long id) {
        return RetentionStore.outlines(handle, policy, id + 1, 1).stream()
                .filter(outline -> outline.execution().id() == id)
                .findFirst();
    }

    /**
     * What an execution decided, in its order.
     *
     * @param kept only about what stays, or only about what goes; empty for both
     * @param task the task of the decision behind which to begin
     * @param position the position of that decision
     */
    public List<RetentionDecision> decisions(
            Handle handle, RetentionExecution execution, Optional<Boolean> kept, long task, int position, int limit) {
        return RetentionStore.decisions(handle, execution.id(), kept.orElse(null), task, position, limit);
    }

    /** How many there are. */
    public long count(Handle handle, long policy) {
        return RetentionStore.countExecutions(handle, policy);
    }

    /** The repositories of an execution. */
    public List<RetentionExecution.Task> tasks(Handle handle, RetentionExecution execution, long offset, int limit) {
        return RetentionStore.tasks(handle, execution.id(), offset, limit);
    }

    /** How many there are. */
    public long countTasks(Handle handle, RetentionExecution execution) {
        return RetentionStore.countTasks(handle, execution.id());
    }

    /** What was decided about the artifacts of a repository, line by line. */
    public Optional<String> log(Handle handle, RetentionExecution execution, long task) {
        return RetentionStore.log(handle, execution.id(), task);
    }

    private void work() {
        turn.takeWhile(() -> !closed && database.query(RetentionStore::going).isPresent(), () -> {
            Optional<RetentionExecution> going = database.query(RetentionStore::going);
            while (going.isPresent() && !closed) {
                carryOut(going.get());
                going = database.query(RetentionStore::going);
            }
        });
    }

    private void carryOut(RetentionExecution execution) {
        Optional<RetentionPolicy> policy = database.query(handle -> RetentionStore.find(handle, execution.policyId()));
        Optional<Project> project =
                policy.flatMap(found -> database.query(handle -> ProjectStore.find(handle, found.projectId())));
        while (!closed) {
            boolean stopping = policy.isEmpty()
                    || project.isEmpty()
                    || database.query(handle -> RetentionStore.isStopping(handle, execution.id()));
            Optional<RetentionExecution.Task> task = stopping
                    ? Optional.empty()
                    : database.query(handle -> RetentionStore.nextTask(handle, execution.id()));
            if (task.isEmpty()) {
                database.transact(handle -> {
                    String status = stopping
                            ? RetentionExecution.STOPPED
                            : RetentionStore.hasFailed(handle, execution.id())
                                    ? RetentionExecution.FAILED
                                    : RetentionExecution.SUCCEED;
                    RetentionStore.end(handle, execution.id(), status, time.instant());
                    return true;
                });
                return;
            }
            new Work(execution, policy.orElseThrow(), project.orElseThrow(), task.get()).run();
        }
    }

    /** Ends soon; the next node goes on. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }

    /** One repository. */
    private final class Work {

        private final RetentionExecution execution;
        private final RetentionPolicy policy;
        private final RetentionExecution.Task task;
        private final Place place;
        private final StringBuilder lines = new StringBuilder();
        private final List<RetentionDecision> undecided = new ArrayList<>();
        private int position;
        private int total;
        private int retained;

        Work(RetentionExecution execution, RetentionPolicy policy, Project project, RetentionExecution.Task task) {
            this.execution = execution;
            this.policy = policy;
            this.task = task;
            place = new Place(project, task.repositoryId(), project.name() + "/" + task.repository());
        }

        void run() {
            write("Running");
            try {
                position = database.transact(
                        handle -> RetentionStore.forgetDecisions(handle, task.id(), execution.dryRun()));
                decide();
                writeDecisions();
                say("%d of %d artifacts are kept%s"
                        .formatted(retained, total, execution.dryRun() ? "; this is a dry run" : ""));
                write(closed ? "Pending" : "Success");
            } catch (RuntimeException e) {
                log.error("Retention in {} failed", place.name(), e);
                say("failed: " + (e instanceof Failure failure ? failure.explanation() : "internal error"));
                writeDecisions();
                write("Error");
            }
        }

        private void decide() {
            List<Candidate> candidates =
                    database.query(handle -> RetentionStore.candidates(handle, place.repositoryId()));
            Map<Long, String> kept = kept(candidates);
            total = candidates.size();
            for (Candidate candidate : candidates) {
                if (closed) {
                    return;
                }
                boolean keeps = kept.containsKey(candidate.id());
                Set<String> fixed = keeps
                        ? Set.of()
                        : database.query(
                                handle -> immutable.among(handle, place.project(), place.name(), candidate.tags()));
                boolean wanted = !keeps && fixed.isEmpty();
                boolean goes = wanted && (execution.dryRun() || remove(candidate));
                retained += goes ? 0 : 1;
                say("%s %s %s%s"
                        .formatted(
                                goes ? "DELETE" : "RETAIN",
                                place.name() + "@" + candidate.digest(),
                                candidate.tags().isEmpty() ? "(untagged)" : String.join(",", candidate.tags()),
                                fixed.isEmpty() ? "" : " (immutable)"));
                if (!goes || execution.dryRun()) {
                    note(decision(candidate, !goes, reason(candidate, kept, fixed, wanted && !goes)));
                }
            }
        }

        private static String reason(Candidate candidate, Map<Long, String> kept, Set<String> fixed, boolean changed) {
            if (changed) {
                return "it was tagged or removed meanwhile";
            }
            return fixed.isEmpty()
                    ? kept.getOrDefault(candidate.id(), UNWANTED)
                    : "immutable: " + String.join(", ", new TreeSet<>(fixed));
        }

        private RetentionDecision decision(Candidate candidate, boolean keeps, String reason) {
            return new RetentionDecision(
                    task.id(),
                    position++,
                    task.repository(),
                    candidate.digest().toString(),
                    candidate.tags(),
                    keeps,
                    reason);
        }

        private void note(RetentionDecision decision) {
            undecided.add(decision);
            if (undecided.size() == AT_ONCE) {
                writeDecisions();
            }
        }

        private void writeDecisions() {
            database.transact(handle -> {
                RetentionStore.insertDecisions(handle, undecided);
                return true;
            });
            undecided.clear();
        }

        /** Which artifacts are kept, with the first rule that keeps them. */
        private Map<Long, String> kept(List<Candidate> candidates) {
            Map<Long, String> kept = new HashMap<>();
            for (int at = 0; at < policy.rules().size(); at++) {
                RetentionRule rule = policy.rules().get(at);
                if (rule.concerns(task.repository())) {
                    String reason = "rule %d: %s".formatted(at + 1, rule.words());
                    rule.keeps(candidates, execution.startedAt())
                            .forEach(candidate -> kept.putIfAbsent(candidate.id(), reason));
                }
            }
            return kept;
        }

        /** What was tagged since it was looked at stays. That it went is written in the same transaction. */
        private boolean remove(Candidate candidate) {
            return database.transact(handle -> {
                boolean gone = RetentionStore.holdTags(handle, candidate.id())
                        .filter(candidate.tags()::equals)
                        .map(tags -> removals.manifest(handle, place, candidate.digest(), USERNAME))
                        .orElse(false);
                if (gone) {
                    RetentionStore.insertDecisions(handle, List.of(decision(candidate, false, UNWANTED)));
                }
                return gone;
            });
        }

        private void say(String line) {
            lines.append(WireTime.text(time.instant()))
                    .append(" [INFO] ")
                    .append(line)
                    .append('\n');
        }

        private void write(String status) {
            database.transact(handle -> {
                boolean ended = !status.equals("Running") && !status.equals("Pending");
                RetentionStore.setTask(
                        handle, task.id(), status, total, retained, lines.toString(), ended ? time.instant() : null);
                return true;
            });
        }
    }
}
