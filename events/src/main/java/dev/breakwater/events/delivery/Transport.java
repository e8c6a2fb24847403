package dev.breakwater.events.delivery;

import dev.breakwater.events.webhook.Webhook;
import java.util.Map;
import java.util.UUID;

/** The way to a receiver. */
public interface Transport {

    /**
     * Makes one attempt and waits for its end, no longer than the configured time. Never throws because of the
     * receiver.
     */
    Reply send(Webhook webhook, Message message);

    /**
     * One attempt, signed and ready to send.
     *
     * @param deliveryId the delivery it belongs to
     * @param headers in the order of sending
     * @param body the envelope
     */
    record Message(UUID deliveryId, Map<String, String> headers, byte[] body) {}
}
