package dev.breakwater.events;

import dev.breakwater.kernel.limit.Allowance;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What an operator may choose about the events API. {@link #defaults} are the documented numbers.
 *
 * @param liveHosts host names on which only live keys work (events.md 1)
 * @param sandboxHosts host names on which only sandbox keys work
 * @param requireTls whether the API refuses plain HTTP on those host names
 * @param limits how often callers may call
 * @param deliveries how webhooks are delivered
 * @param ingest how events are taken in
 * @param recordRetention how long deliveries and their attempts are kept
 */
public record EventsSettings(
        Set<String> liveHosts,
        Set<String> sandboxHosts,
        boolean requireTls,
        Limits limits,
        Deliveries deliveries,
        Ingest ingest,
        Duration recordRetention) {

    /**
     * How often callers may call (events.md 12).
     *
     * @param enabled false lifts every limit
     * @param sandbox for each sandbox key and workspace
     * @param live for each live key and workspace
     * @param unauthenticated for each client address that shows no valid key
     */
    public record Limits(
            boolean enabled, Allowance.Limit sandbox, Allowance.Limit live, Allowance.Limit unauthenticated) {}

    /**
     * How webhooks are delivered (events.md 9.3, 10).
     *
     * @param endpointConcurrency the most attempts under way at once to one endpoint
     * @param timeout for connecting, sending and receiving the response head
     * @param jitter by how much each retry delay is lengthened at most, 0.10 for 10 %
     * @param allowedNetworks CIDR blocks that may be reached although they are private
     * @param allowHttp whether endpoints may be plain {@code http://}
     * @param standardWebhooks whether the three headers of Standard Webhooks are sent as well
     * @param autoDisable whether endpoints that only fail are disabled
     */
    public record Deliveries(
            int endpointConcurrency,
            Duration timeout,
            double jitter,
            List<String> allowedNetworks,
            boolean allowHttp,
            boolean standardWebhooks,
            boolean autoDisable) {}

    /**
     * How events are taken in.
     *
     * @param queueCapacity the most events that wait for their commit; more are answered 503
     * @param writers how many commits are under way at once
     * @param batchSize the most events in one commit
     */
    public record Ingest(int queueCapacity, int writers, int batchSize) {}

    /** The documented numbers. */
    public static EventsSettings defaults() {
        Duration minute = Duration.ofMinutes(1);
        return new EventsSettings(
                Set.of("api.harbor.dev"),
                Set.of("sandbox.api.harbor.dev"),
                true,
                new Limits(
                        true,
                        new Allowance.Limit(120, minute, 30),
                        new Allowance.Limit(600, minute, 60),
                        new Allowance.Limit(60, minute, 60)),
                new Deliveries(10, Duration.ofSeconds(10), 0.10, List.of(), false, true, false),
                new Ingest(20_000, 2, 1_000),
                Duration.ofDays(30));
    }
}
