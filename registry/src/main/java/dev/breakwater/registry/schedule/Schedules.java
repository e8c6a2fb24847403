package dev.breakwater.registry.schedule;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.job.Jobs;
import dev.breakwater.kernel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is due. That a thing was due and what is to be done are written in one transaction, so each time
 * counts once, whatever the number of nodes; times that were missed while none ran count as one.
 */
public final class Schedules {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(20);

    private final Database database;
    private final TimeSource time;
    private final Map<String, Scheduled> kinds;

    /** For these kinds of things. */
    public Schedules(Database database, TimeSource time, List<Scheduled> kinds) {
        this.database = database;
        this.time = time;
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(Scheduled::kind, Function.identity()));
    }

    /** The recurring work. */
    public Jobs.Job job() {
        return new Jobs.Job("registry-schedules", LOOK_EVERY, this::look);
    }

    /** Does what is due. */
    public void look() {
        while (true) {
            Optional<Schedule> taken = database.transact(handle -> {
                Instant now = time.instant();
                Optional<Schedule> due = ScheduleStore.takeDue(handle, now);
                due.ifPresent(schedule -> {
                    ScheduleStore.moveOn(
                            handle,
                            schedule,
                            Cron.parse(schedule.cron()).next(now).orElse(null));
                    @Nullable Scheduled kind = kinds.get(schedule.kind());
                    if (kind != null) {
                        kind.due(handle, schedule);
                    }
                });
                return due;
            });
            if (taken.isEmpty()) {
                return;
            }
            taken.map(Schedule::kind).map(kinds::get).ifPresent(Scheduled::begin);
        }
    }
}
