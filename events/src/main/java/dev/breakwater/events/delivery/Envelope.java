package dev.breakwater.events.delivery;

import dev.breakwater.events.event.Event;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.WireTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The body of a delivery (events.md 10.1). It is made anew from what is stored, for every attempt and replay, and
 * comes out byte for byte the same: the members have a fixed order and the payload is copied as it was kept.
 */
final class Envelope {

    private static final int ROOM_FOR_THE_REST = 448;

    private Envelope() {}

    /** The envelope of this event in this delivery, minified, in UTF-8. */
    static byte[] of(UUID deliveryId, Instant createdAt, Event event) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(event.payload().length + ROOM_FOR_THE_REST);
        // Ids and times hold no character that JSON would escape.
        String head = "{\"id\":\"" + Ids.text("del", deliveryId) + "\",\"type\":\"event.created\",\"created_at\":\""
                + WireTime.text(createdAt) + "\",\"data\":";
        body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        EventJson.write(body, event);
        body.write('}');
        return body.toByteArray();
    }
}
