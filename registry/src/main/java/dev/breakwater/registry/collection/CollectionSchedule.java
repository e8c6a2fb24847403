package dev.breakwater.registry.collection;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.schedule.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * When and how collections run by themselves (registry.md 3.6).
 *
 * @param type {@code Hourly}, {@code Daily}, {@code Weekly} or {@code Custom}, as it was sent
 * @param cron as it was written
 * @param nextAt when the next is due; null for never
 * @param updatedAt when it was set
 * @param parameters how they run
 */
public record CollectionSchedule(
        String type, String cron, @Nullable Instant nextAt, Instant updatedAt, CollectionRun.Parameters parameters) {

    static CollectionSchedule of(Schedule schedule) {
        JsonNode kept = Json.mapper().readTree(schedule.parameters());
        return new CollectionSchedule(
                kept.path("type").asString(""),
                schedule.cron(),
                schedule.nextAt(),
                schedule.updatedAt(),
                new CollectionRun.Parameters(
                        kept.path("delete_untagged").asBoolean(false),
                        kept.path("dry_run").asBoolean(false),
                        kept.path("workers").asInt(1)));
    }

    static String text(String type, CollectionRun.Parameters parameters) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("delete_untagged", parameters.deleteUntagged())
                .put("dry_run", parameters.dryRun())
                .put("workers", parameters.workers())
                .toString();
    }
}
