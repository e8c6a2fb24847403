package dev.breakwater.events.delivery;

import dev.breakwater.events.event.Event;
import java.time.Instant;
import java.util.UUID;

/**
 * A delivery that this node has in memory, with all that its next attempt needs.
 *
 * @param id the delivery
 * @param webhookId where it goes
 * @param event what it carries
 * @param createdAt when the delivery was made
 * @param attempts how many were made so far
 * @param step which step of the retry schedule this is, from 1
 * @param trigger what causes the attempt
 */
record Work(UUID id, UUID webhookId, Event event, Instant createdAt, int attempts, int step, Trigger trigger) {

    static Work first(HandOver.NewDelivery delivery) {
        return new Work(
                delivery.id(), delivery.webhookId(), delivery.event(), delivery.createdAt(), 0, 1, Trigger.AUTOMATIC);
    }

    int bytes() {
        return event.payload().length;
    }
}
