package dev.breakwater.registry.replication;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.schedule.Cron;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which projects are copied where (registry.md 1.10). A policy that is enabled copies all there is at once, and from then
 * on what is pushed and deleted. Whether the caller may do what it asks for, and whether the texts are sound, is decided
 * before.
 */
public final class Policies {

    /** The code of the conflict about a project that is copied to the same target already. */
    public static final String TAKEN = "policy_taken";

    private final Database database;
    private final TimeSource time;

    /** Those of this database. */
    public Policies(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /** A policy as somebody wants it. */
    public record Draft(String name, String description, long project, long target, String cron, boolean enabled) {}

    /** The one with this number. */
    public Optional<Policy> find(long id) {
        return database.query(handle -> PolicyStore.find(handle, id));
    }

    /** Those that fit, in the order of their making. */
    public List<Policy> list(PolicyStore.Filter filter) {
        return database.query(handle -> PolicyStore.list(handle, filter));
    }

    /**
     * Adds one and gives its number.
     *
     * @throws Failure.Conflict with the code {@link #TAKEN}
     */
    public long create(Handle handle, Draft draft) {
        Instant now = time.instant();
        long id = PolicyStore.insert(
                        handle, draft.project(), draft.target(), draft.name(), draft.description(), draft.cron(), now)
                .orElseThrow(Policies::taken);
        if (draft.enabled()) {
            enable(handle, id, draft.cron());
        }
        return id;
    }

    /**
     * Changes one; being enabled from now on, it copies all there is, and being so no more, its jobs stop.
     *
     * @throws Failure.Conflict with the code {@link #TAKEN}
     */
    public void change(Handle handle, Policy before, Draft draft) {
        boolean taken =
                PolicyStore.list(handle, new PolicyStore.Filter("", before.projectId(), draft.target())).stream()
                        .anyMatch(other -> other.id() != before.id());
        if (taken) {
            throw taken();
        }
        PolicyStore.update(
                handle, before.id(), draft.target(), draft.name(), draft.description(), draft.cron(), time.instant());
        if (draft.enabled() != before.enabled()) {
            setEnabled(handle, before.id(), draft.cron(), draft.enabled());
        } else if (draft.enabled()) {
            PolicyStore.schedule(handle, before.id(), next(draft.cron()).orElse(null));
        }
    }

    /** Enables or disables one. */
    public void setEnabled(Handle handle, Policy policy, boolean enabled) {
        setEnabled(handle, policy.id(), policy.cron(), enabled);
    }

    private void setEnabled(Handle handle, long id, String cron, boolean enabled) {
        if (enabled) {
            enable(handle, id, cron);
        } else {
            Instant now = time.instant();
            PolicyStore.enable(handle, id, false, now);
            PolicyStore.schedule(handle, id, null);
            JobStore.stop(handle, id, now);
        }
    }

    private void enable(Handle handle, long id, String cron) {
        Instant now = time.instant();
        PolicyStore.enable(handle, id, true, now);
        PolicyStore.schedule(handle, id, next(cron).orElse(null));
        JobStore.addForPolicy(handle, id, now);
    }

    /** Runs one whose time has come; false when there is none. */
    boolean runDue() {
        Instant now = time.instant();
        return database.transact(handle -> {
            Optional<Policy> due = PolicyStore.lockDue(handle, now);
            due.ifPresent(policy -> {
                PolicyStore.schedule(handle, policy.id(), next(policy.cron()).orElse(null));
                JobStore.addForPolicy(handle, policy.id(), now);
            });
            return due.isPresent();
        });
    }

    /** Whether a text says when to run: empty for never, five fields, or six with the seconds first. */
    public static boolean isSchedule(String cron) {
        try {
            return cron.isBlank() || parse(cron).next(Instant.EPOCH).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<Instant> next(String cron) {
        return cron.isBlank() ? Optional.empty() : parse(cron).next(time.instant());
    }

    private static Cron parse(String cron) {
        String text = cron.strip();
        return Cron.parse(text.split("\\s+", -1).length == 5 ? "0 " + text : text);
    }

    /** Whether jobs of a policy have not ended. */
    public static boolean isActive(Handle handle, long policy) {
        return JobStore.isActive(handle, policy);
    }

    /** Removes one with its jobs. */
    public static void delete(Handle handle, long id) {
        PolicyStore.delete(handle, id);
    }

    private static Failure.Conflict taken() {
        return new Failure.Conflict(TAKEN, "A policy copies this project to this target.");
    }
}
