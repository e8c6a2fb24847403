package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.purge.PurgeParameters;
import dev.breakwater.registry.run.Run;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /system/purgeaudit}: purges of the log (registry.md 3.4, 3.6). */
final class PurgeRuns implements RunKind<PurgeParameters> {

    private static final long LONGEST_RETENTION = 876_000;
    private static final int LONGEST_TYPES = 4_096;

    @Override
    public Resource resource() {
        return Resource.PURGE_AUDIT;
    }

    @Override
    public String job() {
        return "PURGE_AUDIT_LOG";
    }

    @Override
    public String path() {
        return "/api/v2.0/system/purgeaudit";
    }

    @Override
    public String name() {
        return "purge audit";
    }

    @Override
    public String scheduled() {
        return "log rotation purge";
    }

    @Override
    public String audited() {
        return "registry.purge";
    }

    @Override
    public PurgeParameters parameters(Body body) {
        Optional<Body> sent = body.object("parameters");
        long hours = sent.flatMap(parameters -> parameters.number("audit_retention_hour"))
                .orElseThrow(() -> new Failure.Invalid("audit_retention_hour should provide"));
        String types = sent.flatMap(parameters -> parameters.text("include_event_types"))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new Failure.Invalid("include_event_types should provide"));
        if (hours < 0 || hours > LONGEST_RETENTION) {
            throw new Failure.Invalid("audit_retention_hour should be between 0 and " + LONGEST_RETENTION);
        }
        if (types.length() > LONGEST_TYPES) {
            throw new Failure.Invalid("include_event_types is too long");
        }
        return new PurgeParameters(
                hours,
                Arrays.stream(types.split(",", -1))
                        .map(String::strip)
                        .distinct()
                        .collect(Collectors.joining(",")),
                sent.flatMap(parameters -> parameters.truth("dry_run")).orElse(false));
    }

    @Override
    public ObjectNode show(PurgeParameters parameters) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("audit_retention_hour", parameters.retentionHours())
                .put("dry_run", parameters.dryRun())
                .put("include_event_types", parameters.eventTypes());
    }

    @Override
    public ObjectNode show(Run<PurgeParameters> run) {
        return show(run.parameters());
    }

    @Override
    public Failure secondSchedule() {
        return new Failure.Precondition(
                "fail to set schedule for purge audit as already set, please delete firstly to re-schedule");
    }
}
