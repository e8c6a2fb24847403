package dev.breakwater.registry.retention;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectParts;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.schedule.Schedule;
import dev.breakwater.registry.schedule.ScheduleStore;
import dev.breakwater.registry.selector.Selection;
import dev.breakwater.registry.selector.Selector;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the policies of projects, at most one of each; its number stands in the project's metadata as
 * {@code retention_id} (registry.md 3.3).
 */
public final class Retentions implements ProjectParts {

    static final String KIND = "retention";
    private static final String METADATA = "retention_id";
    private static final String DAILY = "0 0 0 * * *";

    private final TimeSource time;

    /** Policies get their times from this clock. */
    public Retentions(TimeSource time) {
        this.time = time;
    }

    /** The policy with this number. */
    public Optional<RetentionPolicy> find(Handle handle, long id) {
        return RetentionStore.find(handle, id);
    }

    /** The policy of a project. */
    public Optional<RetentionPolicy> ofProject(Handle handle, Project project) {
        return RetentionStore.ofProject(handle, project.id());
    }

    /** When a policy is carried out next; empty when it is at no certain time. */
    public Optional<Instant> nextAt(Handle handle, RetentionPolicy policy) {
        return ScheduleStore.find(handle, KIND, policy.id()).map(Schedule::nextAt);
    }

    /**
     * Adds the policy of a project and gives its number; that in the policy does not count.
     *
     * @throws Failure.Invalid when the project has one
     */
    public long create(Handle handle, RetentionPolicy policy) {
        Instant now = time.instant();
        long id = RetentionStore.insert(handle, policy, now)
                .orElseThrow(() ->
                        new Failure.Invalid("project %d already has a retention policy".formatted(policy.projectId())));
        schedule(handle, id, policy, now);
        setMetadata(handle, policy.projectId(), Optional.of(id), now);
        return id;
    }

    /** Adds a policy that keeps what was pulled within some days, carried out every day. */
    public long createByLastPull(Handle handle, Project project, int days) {
        Selection everything = new Selection(
                List.of(new Selector(Selector.DOUBLESTAR, "matches", "**", "{\"untagged\":true}", true)),
                List.of(new Selector(Selector.DOUBLESTAR, "repoMatches", "**", "", false)));
        return create(
                handle,
                new RetentionPolicy(
                        0,
                        project.id(),
                        List.of(new RetentionRule(1, 1, false, Template.DAYS_SINCE_LAST_PULL, days, everything)),
                        DAILY));
    }

    /** Puts a policy in the place of the one with its number. */
    public void update(Handle handle, RetentionPolicy policy) {
        Instant now = time.instant();
        RetentionStore.update(handle, policy, now);
        schedule(handle, policy.id(), policy, now);
    }

    /** Removes a policy with all that is known of its executions. */
    public void delete(Handle handle, RetentionPolicy policy) {
        ScheduleStore.remove(handle, KIND, policy.id());
        RetentionStore.delete(handle, policy.id());
        setMetadata(handle, policy.projectId(), Optional.empty(), time.instant());
    }

    @Override
    public void deleted(Handle handle, Project project) {
        RetentionStore.ofProject(handle, project.id()).ifPresent(policy -> delete(handle, policy));
    }

    private static void schedule(Handle handle, long id, RetentionPolicy policy, Instant now) {
        policy.schedule()
                .ifPresentOrElse(
                        cron -> ScheduleStore.set(handle, KIND, id, cron, "{}", now),
                        () -> ScheduleStore.remove(handle, KIND, id));
    }

    private static void setMetadata(Handle handle, long project, Optional<Long> policy, Instant now) {
        ProjectStore.lock(handle, project).ifPresent(found -> {
            Map<String, String> metadata = new LinkedHashMap<>(found.metadata());
            metadata.remove(METADATA);
            policy.ifPresent(id -> metadata.put(METADATA, Long.toString(id)));
            ProjectStore.update(handle, project, found.isPublic(), metadata, now);
        });
    }
}
