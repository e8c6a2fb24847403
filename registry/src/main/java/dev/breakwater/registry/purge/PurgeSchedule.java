package dev.breakwater.registry.purge;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.schedule.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and how purges run by themselves (registry.md 3.6).
 *
 * @param type {@code Hourly}, {@code Daily}, {@code Weekly} or {@code Custom}, as it was sent
 * @param cron as it was written
 * @param nextAt when the next is due; null for never
 * @param updatedAt when it was set
 * @param parameters what they remove
 */
public record PurgeSchedule(
        String type, String cron, @Nullable Instant nextAt, Instant updatedAt, Purge.Parameters parameters) {

    private static final String TYPE = "type";

    static PurgeSchedule of(Schedule schedule) {
        return new PurgeSchedule(
                Json.mapper().readTree(schedule.parameters()).path(TYPE).asString(""),
                schedule.cron(),
                schedule.nextAt(),
                schedule.updatedAt(),
                Purge.Parameters.of(schedule.parameters()));
    }

    static String text(String type, Purge.Parameters parameters) {
        return parameters.json().put(TYPE, type).toString();
    }
}
