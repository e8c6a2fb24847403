package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * Collections of what nothing refers to any more, for the administrators of the installation (registry.md 3.3, 3.4).
 * Every method refuses all others. Changes are audited.
 */
public interface CollectionRegister {

    /** The most windows of blobs that are looked at at the same time. */
    int MOST_WORKERS = 10;

    /**
     * How a collection is run.
     *
     * @param untagged whether artifacts go that no tag leads to
     * @param dryRun whether it only tells what would go
     * @param workers 1 to {@link #MOST_WORKERS}
     */
    record Parameters(boolean untagged, boolean dryRun, int workers) {}

    /**
     * A collection.
     *
     * @param id its number
     * @param scheduled whether it was due rather than asked for
     * @param parameters how it is run
     * @param status {@code pending}, {@code running}, {@code success}, {@code error} or {@code stopped}
     * @param stopping whether it was asked to end
     * @param createdAt when it was asked for
     * @param updatedAt when it last went on
     * @param artifacts how many it freed, or would
     * @param blobs how many it freed, or would
     * @param bytes of both
     */
    record Run(
            long id,
            boolean scheduled,
            Parameters parameters,
            String status,
            boolean stopping,
            Instant createdAt,
            Instant updatedAt,
            long artifacts,
            long blobs,
            long bytes) {

        /** Whether it has not ended yet. */
        public boolean goesOn() {
            return status.equals("pending") || status.equals("running");
        }
    }

    /**
     * When collections run by themselves.
     *
     * @param cron six fields, seconds first
     * @param nextAt when the next is due
     * @param parameters how they are run
     */
    record Schedule(String cron, Optional<Instant> nextAt, Parameters parameters) {}

    /** The runs, newest first. */
    Page<Run> list(Principal caller, PageAfter page);

    /**
     * One run.
     *
     * @throws Failure.NotFound when there is no such run
     */
    Run find(Principal caller, long run);

    /** What a run told, line by line. */
    String log(Principal caller, long run);

    /**
     * Begins a collection and gives its number.
     *
     * @throws Failure.Conflict when one is going on
     * @throws Failure.Invalid naming the field {@code workers} when there are too few or too many
     */
    long start(Call call, Parameters parameters);

    /** Asks a run to end soon. */
    void stop(Call call, long run);

    /** When collections run by themselves; empty for never. */
    Optional<Schedule> schedule(Principal caller);

    /**
     * Sets when collections run by themselves.
     *
     * @param cron six fields, seconds first; empty for never
     * @throws Failure.Invalid naming the field {@code cron} when it is wrong
     */
    void schedule(Call call, String cron, Parameters parameters);
}
