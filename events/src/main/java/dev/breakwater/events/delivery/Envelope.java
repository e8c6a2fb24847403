package dev.breakwater.events.delivery;

import dev.breakwater.events.event.Event;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.kernel.id.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The body of a delivery (events.md 10.1). It is made anew from what is stored, for every attempt and replay, and
 * comes out byte for byte the same: the members have a fixed order and the payload is copied as it was kept.
 */
final class Envelope {

    private static final byte[] PAYLOAD_FOLLOWS = "\",\"payload\":".getBytes(StandardCharsets.US_ASCII);

    private Envelope() {}

    /** The envelope of this event in this delivery, minified, in UTF-8. */
    static byte[] of(UUID deliveryId, Instant createdAt, Event event) {
        // Ids, times and event types hold no character that JSON would escape.
        byte[] head = ("{\"id\":\"" + Ids.text("del", deliveryId) + "\",\"type\":\"event.created\",\"created_at\":\""
                        + EventJson.time(createdAt) + "\",\"data\":{\"id\":\"" + Ids.text("evt", event.id())
                        + "\",\"type\":\"" + event.type() + "\",\"workspace_id\":\""
                        + Ids.text("ws", event.workspaceId()))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] tail =
                (",\"created_at\":\"" + EventJson.time(event.createdAt()) + "\"}}").getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[head.length + PAYLOAD_FOLLOWS.length + event.payload().length + tail.length];
        int end = 0;
        for (byte[] part : new byte[][] {head, PAYLOAD_FOLLOWS, event.payload(), tail}) {
            System.arraycopy(part, 0, body, end, part.length);
            end += part.length;
        }
        return body;
    }
}
