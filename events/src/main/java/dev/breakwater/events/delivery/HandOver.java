package dev.breakwater.events.delivery;

import dev.breakwater.events.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The short way from the commit of an event to its first attempts, without reading them back from the table. The
 * ingest first asks for room, then commits the deliveries that got it with {@link #node} as their {@code lease_owner}
 * and the others without one, and then hands the former over. Both are due at once. The table backs it all: what
 * is lost with the process is claimed by another node, or by this one after its restart.
 */
public interface HandOver {

    /** The node in whose name the deliveries are leased. */
    UUID node();

    /**
     * Reserves room for one delivery to this webhook; false when it has enough waiting already, or belongs to
     * another node. Every reservation ends with {@link #accept} or {@link #release}.
     */
    boolean reserve(UUID webhookId, int payloadBytes);

    /** Gives back a reservation whose delivery was not committed. */
    void release(UUID webhookId, int payloadBytes);

    /** Takes over deliveries that were reserved and are now committed. */
    void accept(List<NewDelivery> deliveries);

    /** Says that deliveries without a lease were committed, on this node. */
    void workWaits();

    /**
     * A delivery that was just committed.
     *
     * @param id its identity
     * @param webhookId where it goes
     * @param event what it carries
     * @param createdAt when it was made, equal to the event's time
     */
    record NewDelivery(UUID id, UUID webhookId, Event event, Instant createdAt) {}
}
