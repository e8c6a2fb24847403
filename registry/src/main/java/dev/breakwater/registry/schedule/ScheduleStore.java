package dev.breakwater.registry.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table of schedules. */
public final class ScheduleStore {

    private static final RowMapper<Schedule> SCHEDULE = ConstructorMapper.of(Schedule.class);
    private static final String SELECT =
            "SELECT kind, reference, cron, next_at, parameters, updated_at FROM registry.schedule";

    private ScheduleStore() {}

    /** Sets when a thing recurs; it had a schedule before or not. */
    public static void set(Handle handle, String kind, long reference, Cron cron, String parameters, Instant now) {
        handle.createUpdate("""
                        INSERT INTO registry.schedule (kind, reference, cron, next_at, parameters, updated_at)
                        VALUES (:kind, :reference, :cron, :next, CAST(:parameters AS jsonb), :now)
                        ON CONFLICT (kind, reference) DO UPDATE SET
                            cron = excluded.cron, next_at = excluded.next_at,
                            parameters = excluded.parameters, updated_at = excluded.updated_at
                        """)
                .bind("kind", kind)
                .bind("reference", reference)
                .bind("cron", cron.toString())
                .bind("next", cron.next(now).orElse(null))
                .bind("parameters", parameters)
                .bind("now", now)
                .execute();
    }

    /** Ends that a thing recurs. */
    public static void remove(Handle handle, String kind, long reference) {
        handle.execute("DELETE FROM registry.schedule WHERE kind = ? AND reference = ?", kind, reference);
    }

    /** When a thing recurs. */
    public static Optional<Schedule> find(Handle handle, String kind, long reference) {
        return handle.createQuery(SELECT + " WHERE kind = :kind AND reference = :reference")
                .bind("kind", kind)
                .bind("reference", reference)
                .map(SCHEDULE)
                .findOne();
    }

    /** All schedules, in the order of their kinds and numbers. */
    public static List<Schedule> list(Handle handle) {
        return handle.createQuery(SELECT + " ORDER BY kind, reference")
                .map(SCHEDULE)
                .list();
    }

    /** One that is due and that no other node is looking at. */
    static Optional<Schedule> takeDue(Handle handle, Instant now) {
        return handle.createQuery(SELECT + " WHERE next_at <= :now ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED")
                .bind("now", now)
                .map(SCHEDULE)
                .findOne();
    }

    static void moveOn(Handle handle, Schedule schedule, @Nullable Instant next) {
        handle.execute(
                "UPDATE registry.schedule SET next_at = ? WHERE kind = ? AND reference = ?",
                next,
                schedule.kind(),
                schedule.reference());
    }
}
