package dev.breakwater.registry.replication;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.upstream.Endpoint;
import dev.breakwater.registry.upstream.RegistryClient;
import dev.breakwater.registry.upstream.UpstreamException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the jobs of replication (registry.md 1.10): a few at a time on each node, those of one repository one after the
 * other. A job that fails because of the other side is tried again, later each time. A job whose node died is taken over
 * by another when its lease has run out; doing a job twice does no harm.
 */
public final class Replicator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Replicator.class);

    private static final int AT_ONCE = 4;
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(30);
    /** How often this node looks for work that nobody told it of. */
    private static final Duration PATROL = Duration.ofSeconds(20);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1));

    private final Database database;
    private final TimeSource time;
    private final BlobStore blobs;
    private final Targets targets;
    private final Policies policies;
    private final RegistryClient client;
    private final Map<Long, Job> running = new ConcurrentHashMap<>();
    private TimeSource.@Nullable Alarm alarm;
    private TimeSource.@Nullable Alarm renewal;
    private boolean looking;
    private boolean again;
    private volatile boolean closed;

    /** Listens for work; {@link #start} begins with it. */
    public Replicator(
            Database database,
            Notifications notifications,
            TimeSource time,
            BlobStore blobs,
            Targets targets,
            Policies policies,
            RegistryClient client) {
        this.database = database;
        this.time = time;
        this.blobs = blobs;
        this.targets = targets;
        this.policies = policies;
        this.client = client;
        notifications.listen(JobStore.CHANNEL, message -> wake());
    }

    /** Begins to work. */
    public void start() {
        wake();
        renewAt(time.instant().plus(RENEW_EVERY));
    }

    /** Looks for work now, once more if it is looking already. */
    private synchronized void wake() {
        again = looking;
        if (!looking && !closed) {
            looking = true;
            Thread.ofVirtual().name("replication").start(this::look);
        }
    }

    private void look() {
        Instant next;
        do {
            next = workAndPlan();
        } while (!rest(next));
    }

    /** Ends looking until a moment, unless it was told to look again meanwhile. */
    private synchronized boolean rest(Instant next) {
        if (again && !closed) {
            again = false;
            return false;
        }
        looking = false;
        if (!closed) {
            if (alarm != null) {
                alarm.cancel();
            }
            alarm = time.at(next, this::wake);
        }
        return true;
    }

    private synchronized void renewAt(Instant when) {
        if (!closed) {
            renewal = time.at(
                    when, () -> Thread.ofVirtual().name("replication-lease").start(this::renew));
        }
    }

    private void renew() {
        try {
            Instant until = time.instant().plus(LEASE);
            for (Job job : running.values()) {
                database.transact(handle -> JobStore.renew(handle, job, until));
            }
        } catch (RuntimeException fault) {
            log.warn("Jobs of replication could not be kept, other nodes may take them over", fault);
        }
        renewAt(time.instant().plus(RENEW_EVERY));
    }

    private Instant workAndPlan() {
        Instant began = time.instant();
        Instant next = began.plus(PATROL);
        try {
            while (policies.runDue()) {
                // One policy whose time has come, each time.
            }
            while (running.size() < AT_ONCE && begin()) {
                // One job each time.
            }
            next = earliest(next, database.query(JobStore::nextDue));
            next = earliest(next, database.query(PolicyStore::nextRun));
        } catch (Failure.Unavailable away) {
            log.debug("No database, no replication for now");
        } catch (RuntimeException fault) {
            log.error("Looking for jobs of replication failed, trying again later", fault);
        }
        // What is due and cannot be had, because another node or an earlier job is in the way, is asked for again soon.
        Instant soonest = began.plusSeconds(1);
        return next.isBefore(soonest) ? soonest : next;
    }

    private static Instant earliest(Instant one, Optional<Instant> other) {
        return other.filter(one::isAfter).orElse(one);
    }

    private boolean begin() {
        if (closed) {
            return false;
        }
        Instant now = time.instant();
        Optional<Job> job = database.transact(handle -> JobStore.claim(handle, now, now.plus(LEASE)));
        job.ifPresent(claimed -> {
            running.put(claimed.id(), claimed);
            Thread.ofVirtual().name("replication-job-" + claimed.id()).start(() -> run(claimed));
        });
        return job.isPresent();
    }

    private void run(Job job) {
        try {
            carryOut(job);
        } catch (RuntimeException fault) {
            log.error("Job {} of replication could not be noted, it is done again later", job.id(), fault);
        } finally {
            running.remove(job.id());
            wake();
        }
    }

    private void carryOut(Job job) {
        JobLog notes = new JobLog(time);
        Job.Status status = Job.Status.FINISHED;
        @Nullable Instant due = null;
        try {
            attempt(job, notes);
        } catch (Transfer.AbandonedException abandoned) {
            if (!closed) {
                return;
            }
            // Another node, or this one after its restart, goes on at once.
            status = Job.Status.PENDING;
            due = time.instant();
        } catch (UpstreamException | Failure refused) {
            notes.error(String.valueOf(refused.getMessage()));
            boolean again = !(refused instanceof UpstreamException other) || other.isOutage();
            due = again ? retryAt(job) : null;
            status = due == null ? Job.Status.ERROR : Job.Status.RETRYING;
        } catch (IOException | RuntimeException fault) {
            log.error("Job {} of replication failed", job.id(), fault);
            notes.error("a fault of this installation, see its log");
            due = retryAt(job);
            status = due == null ? Job.Status.ERROR : Job.Status.RETRYING;
        }
        Job.Status ended = status;
        @Nullable Instant again = due;
        notes.info("the job is " + ended.name().toLowerCase(java.util.Locale.ROOT));
        database.transact(handle -> {
            JobStore.end(handle, job, ended, again, notes.toString(), time.instant());
            return true;
        });
    }

    private @Nullable Instant retryAt(Job job) {
        return job.attempts() > PAUSES.size() ? null : time.instant().plus(PAUSES.get(job.attempts() - 1));
    }

    private void attempt(Job job, JobLog notes) throws IOException, Transfer.AbandonedException {
        Policy policy = policies.find(job.policyId()).orElseThrow(Transfer.AbandonedException::new);
        Target target = targets.find(policy.targetId()).orElseThrow(Transfer.AbandonedException::new);
        notes.info("%s %s to %s".formatted(job.operation(), job.repository(), target.endpoint()));
        Endpoint endpoint = targets.endpoint(target);
        Transfer transfer =
                new Transfer(database, blobs, client.to(endpoint), job.repository(), () -> pass(job), notes);
        if (job.operation() == Job.Operation.DELETE) {
            transfer.remove(job.tags());
            return;
        }
        Optional<Project> project = database.query(handle -> ProjectStore.find(handle, policy.projectId()));
        if (project.isEmpty()) {
            notes.info("the project is gone, there is nothing to copy");
            return;
        }
        if (target.type() == Target.HARBOR
                && client.projects(endpoint)
                        .ensure(project.get().name(), project.get().isPublic())) {
            notes.info("made the project " + project.get().name());
        }
        transfer.copy(project.get().id(), job.tags());
    }

    private void pass(Job job) throws Transfer.AbandonedException {
        Instant until = time.instant().plus(LEASE);
        if (closed || !database.transact(handle -> JobStore.renew(handle, job, until))) {
            throw new Transfer.AbandonedException();
        }
    }

    /** Lets go of what this node is at. The database must still be open. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (alarm != null) {
                alarm.cancel();
            }
            if (renewal != null) {
                renewal.cancel();
            }
        }
        for (Job job : running.values()) {
            try {
                database.transact(handle -> {
                    JobStore.end(handle, job, Job.Status.PENDING, time.instant(), "", time.instant());
                    return true;
                });
            } catch (RuntimeException away) {
                log.debug("Job {} is taken over when its lease has run out", job.id());
            }
        }
    }
}
