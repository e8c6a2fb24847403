package dev.breakwater.registry.purge;

import dev.breakwater.kernel.json.Json;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A purge of the log that was asked for or scheduled (registry.md 3.6).
 *
 * @param id its number
 * @param trigger {@link #MANUAL} or {@link #SCHEDULED}
 * @param retentionHours how old what it removes must be
 * @param eventTypes the kinds that it removes, separated by commas
 * @param dryRun whether it only counts
 * @param status one of the words of the API, for example {@link #SUCCESS}
 * @param stopping whether it was asked to end
 * @param purged how many entries it removed, or would have
 * @param createdAt when it was noted
 * @param updatedAt when it last went on
 */
public record Purge(
        long id,
        String trigger,
        long retentionHours,
        String eventTypes,
        boolean dryRun,
        String status,
        boolean stopping,
        long purged,
        Instant createdAt,
        Instant updatedAt) {

    /** Somebody asked for it. */
    public static final String MANUAL = "MANUAL";
    /** It was scheduled. */
    public static final String SCHEDULED = "SCHEDULE";

    static final String SUCCESS = "Success";
    static final String ERROR = "Error";
    static final String STOPPED = "Stopped";

    /**
     * What is to be removed.
     *
     * @param retentionHours how old it must be
     * @param eventTypes of which kinds, separated by commas
     * @param dryRun whether it is only to be counted
     */
    public record Parameters(long retentionHours, String eventTypes, boolean dryRun) {

        /** As the API spells them. */
        public ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("audit_retention_hour", retentionHours)
                    .put("dry_run", dryRun)
                    .put("include_event_types", eventTypes);
        }

        static Parameters of(String json) {
            JsonNode kept = Json.mapper().readTree(json);
            return new Parameters(
                    kept.path("audit_retention_hour").asLong(0),
                    kept.path("include_event_types").asString(""),
                    kept.path("dry_run").asBoolean(false));
        }
    }

    /** What it removes. */
    public Parameters parameters() {
        return new Parameters(retentionHours, eventTypes, dryRun);
    }
}
