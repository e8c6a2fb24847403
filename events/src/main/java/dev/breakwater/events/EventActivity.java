package dev.breakwater.events;

import dev.breakwater.kernel.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How much happens in the workspaces of an organization, for people who may read its events. */
public interface EventActivity {

    /** For how long it can be looked back. */
    Duration KEPT = Duration.ofDays(2);

    /**
     * What happened within a span of time.
     *
     * @param from when the span begins
     * @param events how many were stored
     * @param delivered how many attempts succeeded
     * @param failed how many did not
     */
    record Span(Instant from, long events, long delivered, long failed) {}

    /**
     * The latest spans, the oldest first, without gaps; the last one has only begun.
     *
     * @param length of each, in whole minutes
     * @param count how many
     */
    List<Span> latest(Principal caller, UUID organization, Duration length, int count);
}
