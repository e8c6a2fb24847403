package dev.breakwater.kernel.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs recurring jobs, each on one node at a time, whatever the number of nodes. Their schedule lies in the database,
 * so it survives restarts; a job whose node died is taken over by another.
 */
public final class Jobs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final Database database;
    private final TimeSource time;
    private @Nullable Scheduler scheduler;

    /** Keeps schedules in this database. */
    public Jobs(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /**
     * Work that recurs.
     *
     * @param name unique in the installation
     * @param pause from the end of one run to the start of the next
     * @param work must bear being run again when it was cut off
     */
    public record Job(String name, Duration pause, Runnable work) {}

    /** Brings the schedule's own table up to date, and begins. */
    public void start(List<Job> jobs) {
        database.migrate("job", "dev/breakwater/kernel/job/migrations");
        scheduler = Scheduler.create(database.pool())
                .tableName("job.scheduled_tasks")
                .clock(time::instant)
                .startTasks(jobs.stream().map(Jobs::task).toList())
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .threads(2)
                .pollingInterval(LOOK_EVERY)
                .shutdownMaxWait(LAST_WAIT)
                .build();
        scheduler.start();
    }

    private static RecurringTask<Void> task(Job job) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.pause())).execute((instance, context) -> {
            try {
                job.work().run();
            } catch (RuntimeException e) {
                log.error("Job {} failed; it runs again after {}", job.name(), job.pause(), e);
            }
        });
    }

    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.stop();
        }
    }
}
